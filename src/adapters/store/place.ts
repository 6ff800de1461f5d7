/** Where a store lies, as people are told. */
export type Place = {
  /** Begins a sentence: `The database data/rolecall.sqlite`. Never holds a password. */
  readonly name: string;
  /** What to do to use another one. */
  readonly elsewhere: string;
};

/** A database file. */
export function fileAt(file: string): Place {
  return { name: `The database ${file}`, elsewhere: 'Name another folder with ROLECALL_DATA_DIR.' };
}

/** A database of a server, named without user and password. */
export function databaseAt(url: string): Place {
  const { host, pathname, searchParams } = new URL(url);
  const server = host === '' ? (searchParams.get('host') ?? 'this machine') : host;
  return {
    name: `The PostgreSQL database ${decodeURIComponent(pathname.slice(1))} at ${server}`,
    elsewhere: 'Name another database with DATABASE_URL.',
  };
}
