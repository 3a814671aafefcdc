// The peer as the publisher: publish.js FOLDER makes a repository of its own metadata, signed by Ed25519, ECDSA and RSA-PSS keys,
// with two roots, a threshold of two and a delegated role; FOLDER/first.root.json is where trust begins.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const models = require('@tufjs/models');
const { Delegations } = require('@tufjs/models/dist/delegations');
const { DelegatedRole, Role } = require('@tufjs/models/dist/role');
const { canonicalize } = require('@tufjs/canonical-json');

const folder = path.resolve(process.argv[2]);
const expires = new Date(Date.now() + 24 * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');

const kinds = {
  ed25519: {
    pair: () => crypto.generateKeyPairSync('ed25519'),
    scheme: 'ed25519',
    open: key => key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex'),
    sign: (data, key) => crypto.sign(null, data, key),
  },
  ecdsa: {
    pair: () => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    scheme: 'ecdsa-sha2-nistp256',
    open: key => key.export({ format: 'pem', type: 'spki' }),
    sign: (data, key) => crypto.sign('sha256', data, key),
  },
  rsa: {
    pair: () => crypto.generateKeyPairSync('rsa', { modulusLength: 3072 }),
    scheme: 'rsassa-pss-sha256',
    open: key => key.export({ format: 'pem', type: 'spki' }),
    sign: (data, key) => crypto.sign('sha256', data, {
      key, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32,
    }),
  },
};

function newKey(keyType) {
  const kind = kinds[keyType];
  const { privateKey, publicKey } = kind.pair();
  const form = { keytype: keyType, scheme: kind.scheme, keyval: { public: kind.open(publicKey) } };
  const keyID = crypto.createHash('sha256').update(canonicalize(form)).digest('hex');
  return {
    key: models.Key.fromJSON(keyID, form),
    sign: data => new models.Signature({ keyID, sig: kind.sign(data, privateKey).toString('hex') }),
  };
}

function write(name, signed, keys) {
  const metadata = new models.Metadata(signed);
  keys.forEach(key => metadata.sign(data => key.sign(data), true));
  const file = path.join(folder, 'metadata', name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(metadata.toJSON(), null, 1));
}

function target(name, content) {
  const sha256 = crypto.createHash('sha256').update(content).digest('hex');
  const sha512 = crypto.createHash('sha512').update(content).digest('hex');
  const file = path.join(folder, 'targets', path.dirname(name), `${sha256}.${path.basename(name)}`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  return new models.TargetFile({ path: name, length: content.length, hashes: { sha256, sha512 } });
}

fs.mkdirSync(path.join(folder, 'metadata'), { recursive: true });
const oldRoot = newKey('ed25519');
const roots = [newKey('rsa'), newKey('ecdsa')];
const online = { timestamp: newKey('ed25519'), snapshot: newKey('rsa'), targets: newKey('ecdsa') };
const team = newKey('ed25519');

function root(version, keys, threshold) {
  const roles = { root: new Role({ keyIDs: [], threshold }) };
  for (const name of Object.keys(online)) roles[name] = new Role({ keyIDs: [], threshold: 1 });
  const signed = new models.Root({ version, specVersion: '1.0.31', expires, roles, consistentSnapshot: true });
  keys.forEach(key => signed.addKey(key.key, 'root'));
  for (const [name, key] of Object.entries(online)) signed.addKey(key.key, name);
  return signed;
}
write('1.root.json', root(1, [oldRoot], 1), [oldRoot]);
write('2.root.json', root(2, roots, 2), [oldRoot, ...roots]);
fs.copyFileSync(path.join(folder, 'metadata', '1.root.json'), path.join(folder, 'first.root.json'));

const targets = new models.Targets({
  version: 1, specVersion: '1.0.31', expires,
  delegations: new Delegations({
    keys: { [team.key.keyID]: team.key },
    roles: {
      'team/äé': new DelegatedRole({
        name: 'team/äé', keyIDs: [team.key.keyID], threshold: 1, terminating: true, paths: ['team/*'],
      }),
    },
  }),
});
targets.addTarget(target('plain.txt', Buffer.from('of the publisher itself "\\ \u00e4\u{1f511}')));
write('1.targets.json', targets, [online.targets]);
const delegated = new models.Targets({ version: 1, specVersion: '1.0.31', expires });
delegated.addTarget(target('team/one.bin', crypto.randomBytes(100_000)));
// Clients quote the role in the address (4.5), and a web server takes that apart again.
write('1.team/äé.json', delegated, [team]);

const meta = { 'targets.json': new models.MetaFile({ version: 1 }), 'team/äé.json': new models.MetaFile({ version: 1 }) };
write('1.snapshot.json', new models.Snapshot({ version: 1, specVersion: '1.0.31', expires, meta }), [online.snapshot]);
const snapshotMeta = new models.MetaFile({ version: 1 });
write('timestamp.json', new models.Timestamp({ version: 1, specVersion: '1.0.31', expires, snapshotMeta }), [online.timestamp]);
