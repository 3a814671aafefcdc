// Serves a folder on loopback until it is ended; its first line says at which address.
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const folder = path.resolve(process.argv[2]);

const server = http.createServer((request, response) => {
  const file = path.join(folder, decodeURIComponent(new URL(request.url, 'http://loopback').pathname));
  if (!file.startsWith(folder + path.sep) || !fs.existsSync(file) || !fs.statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  const bytes = fs.readFileSync(file);
  response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
