// Guards the tests: npm scripts must run on the Node of devDependencies, whatever the host has.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `lambda-tuner needs Node 22.18 or newer, this is ${process.versions.node}. Run "npm ci" and start through npm scripts: they use the Node in node_modules.\n`,
  );
  process.exit(1);
}
