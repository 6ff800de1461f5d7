import fc from 'fast-check';

/** CI judges one known set of examples, so that the same commit always gets the same verdict; elsewhere they vary. */
if (process.env.CI === 'true') fc.configureGlobal({ seed: 20_261_121 });
