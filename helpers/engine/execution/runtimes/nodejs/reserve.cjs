// A runtime in reserve: it is started before there is a function for it, and waits at its standard input.

'use strict';

const fs = require('node:fs');

// Wait for the function, and become it: its variables, its folder. The process ends if there is to be none.
async function becomeFunction(rehearsals) {
  try {
    for (const rehearse of rehearsals) await rehearse();
  } catch {
    process.exit(1); // the function gets a process of its own, which will say what is wrong
  }
  const said = fs.readFileSync(0); // a length of four bytes, then JSON
  if (!said.length) process.exit(0);
  const { environ, cwd } = JSON.parse(said.subarray(4));
  fs.closeSync(0);
  fs.openSync('/dev/null', 'r'); // which takes the number of what was closed
  for (const name of Object.keys(process.env)) if (!(name in environ)) delete process.env[name];
  for (const [name, value] of Object.entries(environ)) if (process.env[name] !== value) process.env[name] = value;
  process.chdir(cwd);
}

module.exports = { becomeFunction };
