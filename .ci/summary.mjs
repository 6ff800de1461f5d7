// Adds up the runners' own reports. A skipped test fails: CI has everything that a test could ask for.
import { readFileSync } from 'node:fs';

const [vitestFile, contractFile] = process.argv.slice(2);
const vitest = JSON.parse(readFileSync(vitestFile, 'utf8'));
const contract = JSON.parse(readFileSync(contractFile, 'utf8'));

const skipped = vitest.numPendingTests + vitest.numTodoTests + (contract.skipped ?? 0);
const passed = vitest.numPassedTests + contract.passed;
const failed = vitest.numFailedTests + contract.failed + skipped;
const brokenFiles = vitest.numFailedTestSuites > 0 && vitest.numFailedTests === 0 ? 1 : 0;

if (skipped > 0) console.log(`${skipped} skipped, which counts as failed here`);
console.log(`tests: ${passed} passed, ${failed + brokenFiles} failed`);
process.exitCode = failed + brokenFiles > 0 || !vitest.success ? 1 : 0;
