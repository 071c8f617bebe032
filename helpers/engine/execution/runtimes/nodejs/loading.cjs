// Finding the handler: a file, then a path of property names inside it.
//
// As src/UserFunction.js (nodejs22.x and before) and src/function/*.ts (nodejs24.x) of AWS's runtime interface client do:
// a package that an ES module does not find is an `Error`, and only one that is required is a Runtime.ImportModuleError.

'use strict';

const fs = require('node:fs');
const module_ = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const errors = () => require('./errors.cjs'); // once there is one: a file is up to a millisecond of a cold start

// AWS's runtime is this file: what it requires says so ("Require stack").
const require_ = module_.createRequire('/var/runtime/index.mjs');

// ES modules ignore NODE_PATH, where layers and the preinstalled SDK are: look there when nothing nearer is found.
// `registerHooks` is Node.js 22.15's.
module_.registerHooks?.({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (error.code !== 'ERR_MODULE_NOT_FOUND' || /^[./#]|:/.test(specifier)) throw error;
      for (const folder of (process.env.NODE_PATH ?? '').split(':').filter(Boolean)) {
        try {
          // Beside a node_modules the usual search finds it, by the conditions of an import.
          if (path.basename(folder) !== 'node_modules') return next(pathToFileURL(require_.resolve(path.join(folder, specifier))).href, context);
          return next(specifier, { ...context, parentURL: pathToFileURL(path.join(folder, '..', 'index.mjs')).href });
        } catch (other) {
          if (!/MODULE_NOT_FOUND$/.test(other.code)) throw other;
        }
      }
      throw error;
    }
  },
});

// Node.js 20 has hooks in a thread of their own only: the same again.
if (!module_.registerHooks) {
  const hooks = `
    import { createRequire } from 'node:module';
    import path from 'node:path';
    import { pathToFileURL } from 'node:url';
    const require_ = createRequire('/var/runtime/index.mjs');
    export async function resolve(specifier, context, next) {
      try {
        return await next(specifier, context);
      } catch (error) {
        if (error.code !== 'ERR_MODULE_NOT_FOUND' || /^[./#]|:/.test(specifier)) throw error;
        for (const folder of (process.env.NODE_PATH ?? '').split(':').filter(Boolean)) {
          try {
            if (path.basename(folder) !== 'node_modules') return await next(pathToFileURL(require_.resolve(path.join(folder, specifier))).href, context);
            return await next(specifier, { ...context, parentURL: pathToFileURL(path.join(folder, '..', 'index.mjs')).href });
          } catch (other) {
            if (!/MODULE_NOT_FOUND$/.test(other.code)) throw other;
          }
        }
        throw error;
      }
    }
  `;
  module_.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}

// `folder/index.handler` or `index.nested.handler`.
function splitHandler(handler) {
  if (handler.includes('..')) {
    throw errors().runtimeError(
      'Runtime.MalformedHandlerName',
      `'${handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const base = path.basename(handler);
  const [, file, names] = /^([^.]*)\.(.*)$/.exec(base) ?? [];
  if (file === undefined) throw errors().runtimeError('Runtime.MalformedHandlerName', 'Bad handler');
  return { folder: handler.slice(0, handler.indexOf(base)), file, names: names.split('.') };
}

// Whether the nearest package.json makes a `.js` an ES module.
function isModulePackage(folder) {
  if (folder.endsWith('/node_modules')) return false;
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))?.type === 'module';
  } catch (error) {
    if (error.code !== 'ENOENT' || folder === path.dirname(folder)) return false;
    return isModulePackage(path.dirname(folder));
  }
}

async function loadModule(root, folder, file) {
  const base = path.resolve(root, folder, file);
  const modules = isModulePackage(path.dirname(base)) ? ['.js', '.mjs'] : ['.mjs'];
  const found = ['', '.js', '.mjs', '.cjs'].map((ending) => base + ending).find((name) => fs.existsSync(name));
  try {
    if (!found) return require_(require_.resolve(file, { paths: [root, path.join(root, folder)] }));
    return modules.includes(path.extname(found)) ? await import(pathToFileURL(found).href) : require_(found);
  } catch (error) {
    if (error instanceof SyntaxError) throw errors().runtimeError('Runtime.UserCodeSyntaxError', String(error));
    if (error?.code === 'MODULE_NOT_FOUND') throw errors().runtimeError('Runtime.ImportModuleError', String(error));
    throw error;
  }
}

// The handler function. Throws what its module throws, or a RuntimeError.
async function loadHandler(root, name, version) {
  const { folder, file, names } = splitHandler(name);
  const exported = await loadModule(root, folder, file);
  const handler = names.reduce((value, key) => value && value[key], exported);
  if (!handler) throw errors().runtimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw errors().runtimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  if (version >= 24 && handler.length >= 3 && !handler[Symbol.for('aws.lambda.runtime.handler.streaming')]) {
    throw errors().runtimeError(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. '
        + 'You need to modify this function to use a supported handler signature to use Node.js 24 or later. '
        + 'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return handler;
}

module.exports = { loadHandler };
