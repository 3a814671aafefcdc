// The peer as the client: client.js ROOT_FILE METADATA_URL TARGETS_URL FOLDER TARGET... downloads each target by its rules.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { Updater } = require('tuf-js');

async function main([root, metadataBaseUrl, targetBaseUrl, folder, ...targets]) {
  const metadataDir = path.join(folder, 'metadata');
  const targetDir = path.join(folder, 'targets');
  fs.mkdirSync(metadataDir, { recursive: true });
  fs.mkdirSync(targetDir, { recursive: true });
  fs.copyFileSync(root, path.join(metadataDir, 'root.json'));
  const updater = new Updater({ metadataDir, metadataBaseUrl, targetDir, targetBaseUrl, config: { fetchTimeout: 10_000 } });
  await updater.refresh();
  for (const name of targets) {
    const found = await updater.getTargetInfo(name);
    if (!found) throw new Error(`${name} is not listed`);
    await updater.downloadTarget(found, path.join(targetDir, path.basename(name)));
    console.log(`${name} ${found.length} bytes`);
  }
}

main(process.argv.slice(2)).catch(e => {
  console.error(`${e.constructor.name}: ${e.message}`);
  process.exit(1);
});
