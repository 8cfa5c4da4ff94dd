// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Confinement
import Foundation
import Inventory
import TestSupport
import Testing

@testable import Exposure

@Suite struct CredentialFinderTests {
  let catalogue: CredentialCatalogue
  let home: TemporaryFolder

  init() throws {
    catalogue = try CredentialCatalogue.embedded()
    home = try TemporaryFolder()
  }

  private func find(_ environment: [String: String] = [:]) throws -> CredentialFindings {
    let finder = CredentialFinder(catalogue, environment: environment)
    let folder = try PlantedHome.open(home.path)
    folder.whileOpen { finder.look(home: $0, shown: "~", path: home.path) }
    return finder.findings
  }

  private func shown(_ environment: [String: String] = [:]) throws -> [String] {
    try find(environment).sightings.map { "\($0.kind) \($0.path) \($0.protection.rawValue)" }
  }

  /// Files as the tools themselves write them, values made up.
  @Test(
    arguments: [
      (".npmrc", "//registry.example/:_authToken=npm_abc\n", ["npm-token ~/.npmrc none"]),
      (".npmrc", "//registry.example/:_authToken=${NPM_TOKEN}\nfund=false\n", []), (".npmrc", "", []),
      (
        ".aws/credentials", "[default]\naws_access_key_id = AKIA\naws_secret_access_key = abc\n",
        ["aws-access-key ~/.aws/credentials none"]
      ),
      (".aws/config", "[profile a]\nsso_start_url = https://a.awsapps.example/start\nregion = eu-west-1\n", []),
      (
        ".docker/config.json", "{\"auths\":{\"https://index.docker.example/v1/\":{\"auth\":\"YTpi\"}}}",
        ["docker-login ~/.docker/config.json none"]
      ),
      (
        ".docker/config.json", "{\"auths\":{\"https://index.docker.example/v1/\":{}},\"credsStore\":\"desktop\"}",
        ["docker-login ~/.docker/config.json system-store"]
      ),
      (
        ".docker/config.json", "{\"auths\":{},\"credHelpers\":{\"gcr.example\":\"gcloud\"}}",
        ["docker-login ~/.docker/config.json system-store"]
      ),
      (".docker/config.json", "{\"auths\":{},\"currentContext\":\"x\"}", []),
      (
        ".config/gh/hosts.yml",
        "github.com:\n    users:\n        anna:\n            oauth_token: gho_abc\n    user: anna\n    oauth_token: gho_abc\n",
        ["github-cli ~/.config/gh/hosts.yml none"]
      ),
      (
        ".config/gh/hosts.yml", "github.com:\n    git_protocol: https\n    users:\n        anna:\n    user: anna\n",
        ["github-cli ~/.config/gh/hosts.yml system-store"]
      ),
      (".git-credentials", "https://anna:abc@github.example\n", ["git-credentials ~/.git-credentials none"]),
      (".gitconfig", "[user]\n\tname = Anna\n[credential]\n\thelper = store\n", []),
      (
        ".kube/config",
        "apiVersion: v1\nusers:\n- name: a\n  user:\n    client-certificate-data: LS0t\n    client-key-data: LS0t\n",
        ["kubeconfig ~/.kube/config none"]
      ),
      (".kube/config", "users:\n- name: a\n  user:\n    exec:\n      command: aws\n", []),
      (".pypirc", "[pypi]\nusername = __token__\npassword = pypi-abc\n", ["pypi-token ~/.pypirc none"]),
      (".cargo/credentials.toml", "[registry]\ntoken = \"cio\"\n", ["cargo-token ~/.cargo/credentials.toml none"]),
      (
        ".m2/settings.xml", "<settings><servers><server><password>abc</password></server></servers></settings>",
        ["maven-settings ~/.m2/settings.xml none"]
      ),
      (
        ".m2/settings.xml",
        "<settings><servers><server><password>{COQLCE6DU6GtcS5P=}</password></server></servers></settings>",
        ["maven-settings ~/.m2/settings.xml unknown"]
      ),
      (".netrc", "machine api.host.example login anna password abc\n", ["netrc ~/.netrc none"]),
      (
        ".netrc", "machine api.wandb.ai\n  login user\n  password abc\n",
        ["netrc ~/.netrc none", "wandb-kaggle-key ~/.netrc none"]
      ),
      (
        ".config/gcloud/application_default_credentials.json",
        "{\"client_secret\":\"a\",\"refresh_token\":\"1//b\",\"type\":\"authorized_user\"}",
        ["gcloud-credentials ~/.config/gcloud/application_default_credentials.json none"]
      ),
      (
        ".terraform.d/credentials.tfrc.json", "{\"credentials\":{\"app.terraform.io\":{\"token\":\"a\"}}}",
        ["terraform-cloud-token ~/.terraform.d/credentials.tfrc.json none"]
      ),
      (".vault-token", "hvs.abc", ["vault-token ~/.vault-token none"]),
      (".pgpass", "host:5432:db:anna:abc\n", ["postgresql-password ~/.pgpass none"]),
      (".my.cnf", "[client]\nuser=anna\npassword=abc\n", ["mysql-password ~/.my.cnf none"]),
      (".my.cnf", "[client]\nuser=anna\n", []),
      (
        ".claude.json", "{\"mcpServers\":{\"a\":{\"env\":{\"GITHUB_TOKEN\":\"ghp\"}}}}",
        ["claude-login ~/.claude.json none"]
      ),
      (
        ".claude/.credentials.json", "{\"claudeAiOauth\":{\"accessToken\":\"a\"}}",
        ["claude-login ~/.claude/.credentials.json none"]
      ),
      (
        ".kiro/settings/mcp.json", "{\"mcpServers\":{\"a\":{\"headers\":{\"Authorization\":\"Bearer abc\"}}}}",
        ["mcp-servers ~/.kiro/settings/mcp.json none"]
      ),
      (".kiro/settings/mcp.json", "{\"mcpServers\":{\"a\":{\"env\":{\"TOKEN\":\"${TOKEN}\"}}}}", []),
      (
        ".gnupg/private-keys-v1.d/0A.key", "Created: 2026\nKey: (private-key (ecc (d #00#)))\n",
        ["gpg-private-key ~/.gnupg/private-keys-v1.d/0A.key none"]
      ),
      (
        ".gnupg/private-keys-v1.d/0A.key", "(21:protected-private-key(3:ecc(9:protected",
        ["gpg-private-key ~/.gnupg/private-keys-v1.d/0A.key passphrase"]
      ),
      (
        ".gnupg/private-keys-v1.d/0A.key", "(20:shadowed-private-key(3:ecc",
        ["gpg-private-key ~/.gnupg/private-keys-v1.d/0A.key hardware"]
      ),
      (
        ".config/sops/age/keys.txt", "# public key: age1\nAGE-SECRET-KEY-1ABC\n",
        ["sops-age-key ~/.config/sops/age/keys.txt none"]
      ),
      (".config/sops/age/keys.txt", "AGE-PLUGIN-YUBIKEY-1ABC\n", ["sops-age-key ~/.config/sops/age/keys.txt hardware"]),
      (
        ".config/solana/id.json", "[" + (1...64).map { "\($0)" }.joined(separator: ",") + "]",
        ["solana-keypair ~/.config/solana/id.json none"]
      ),
      (".config/solana/cli/config.yml", "json_rpc_url: https://api.example\n", []),
      (
        ".electrum/wallets/default_wallet", "{\"seed_version\": 50, \"use_encryption\": true}",
        ["electrum-wallet ~/.electrum/wallets/default_wallet passphrase"]
      ),
      (
        ".electrum/wallets/default_wallet", "QklFMQAAAA==",
        ["electrum-wallet ~/.electrum/wallets/default_wallet passphrase"]
      ),
      (
        ".electrum/wallets/default_wallet", "{\"seed_version\": 50, \"use_encryption\": false}",
        ["electrum-wallet ~/.electrum/wallets/default_wallet none"]
      ),
      (".bash_history", "ls\n", ["shell-history ~/.bash_history none"]), (".bash_history", "", []),
      (".bashrc", "export PATH=$PATH:/x\nexport NPM_TOKEN=abc\n", ["shell-profile ~/.bashrc none"]),
      (".bashrc", "export PATH=$PATH:/x\n# export NPM_TOKEN=abc\nexport GH_TOKEN=$(pass gh)\n", []),
      (".env", "STRIPE_SECRET_KEY=sk_abc\n", ["env-file ~/.env none"]), (".env", "PORT=3000\nSTRIPE_SECRET_KEY=\n", []),
      (".env", "DATABASE_URL=postgres://anna:abc@db.example/x\n", ["env-file ~/.env none"]),
      (".env.example", "STRIPE_SECRET_KEY=sk_abc\n", []),
      (".env.production", "API_TOKEN=a\n", ["env-file ~/.env.production none"]),
      (".ssh/id_ed25519.pub", "ssh-ed25519 AAAA anna\n", []),
      (".ssh/known_hosts", "host.example ssh-ed25519 AAAA\n", []),
      (".ssh/config", "Host a\n  IdentityFile ~/.ssh/id_ed25519\n", []),
      (
        ".codex/auth.json", "{\"OPENAI_API_KEY\":null,\"tokens\":{\"access_token\":\"a\"}}",
        ["openai-login ~/.codex/auth.json none"]
      ),
      (".codex/auth.json", "{\"OPENAI_API_KEY\":null,\"tokens\":null}", []),
    ] as [(String, String, [String])])
  func `a file is what it says`(path: String, text: String, expected: [String]) throws {
    try home.write(text, to: path)
    #expect(try shown() == expected)
    #expect(try find().problems == [])
  }

  @Test func `each key in .ssh is told with its own protection`() throws {
    func key(_ cipher: String, _ kdf: String, _ options: Int, _ type: String = "ssh-ed25519") -> String {
      PrivateKeyTextTests.openSSH(cipher: cipher, kdf: kdf, options: options, type: type)
    }
    try home.write(key("none", "none", 0), to: ".ssh/id_ed25519")
    try home.write(key("aes256-ctr", "bcrypt", 24), to: ".ssh/work")
    try home.write(key("none", "none", 0, "sk-ssh-ed25519@openssh.com"), to: ".ssh/id_ed25519_sk")
    #expect(
      try shown() == [
        "ssh-private-key ~/.ssh/id_ed25519 none", "ssh-private-key ~/.ssh/id_ed25519_sk hardware",
        "ssh-private-key ~/.ssh/work passphrase",
      ])
  }

  @Test func `variables say where files lie, in the home and elsewhere`() throws {
    try home.write("[registry]\ntoken = \"cio\"\n", to: "tools/cargo/credentials.toml")
    try home.write("users:\n- user:\n    token: abc\n", to: "k/one")
    try home.write("users:\n- user:\n    token: abc\n", to: "k/two")
    try home.write("github.com:\n    oauth_token: gho\n", to: "conf/gh/hosts.yml")
    let environment = [
      "CARGO_HOME": home.path("tools/cargo"), "KUBECONFIG": home.path("k/one") + ":" + home.path("k/two"),
      "XDG_CONFIG_HOME": home.path("conf"),
    ]
    #expect(
      try shown(environment)
        == [
          "github-cli ~/conf/gh/hosts.yml none", "cargo-token ~/tools/cargo/credentials.toml none",
          "kubeconfig ~/k/one none", "kubeconfig ~/k/two none",
        ].sorted { $0.split(separator: " ")[1] < $1.split(separator: " ")[1] })
    let finder = CredentialFinder(catalogue, environment: environment)
    let root = try PlantedHome.open("/")
    root.whileOpen { finder.look(root: $0, home: "/nobody-lives-here.example") }
    let found = finder.findings.sightings.map(\.path)
    #expect(found.contains(home.path("tools/cargo/credentials.toml")))
    #expect(found.contains(home.path("conf/gh/hosts.yml")))
  }

  @Test(arguments: ["relative/path", "/a/../b", "", "/a/./b", "/*", "~"])
  func `a variable that says no plain absolute path is left alone`(value: String) throws {
    #expect(try shown(["CARGO_HOME": value, "KUBECONFIG": value]) == [])
  }

  @Test func `a link to a file of the same home is followed`() throws {
    try home.write("//registry.example/:_authToken=npm_abc\n", to: "dotfiles/npmrc")
    try home.write("[a]\naws_secret_access_key = abc\n", to: "dotfiles/aws/credentials")
    try home.link(".npmrc", to: "dotfiles/npmrc")
    try home.link(".aws", to: "dotfiles/aws")
    #expect(try shown() == ["aws-access-key ~/.aws/credentials none", "npm-token ~/.npmrc none"])
  }

  @Test func `a link to a file elsewhere is told and not followed`() throws {
    let other = try TemporaryFolder()
    try other.write("//registry.example/:_authToken=npm_abc\n", to: "npmrc")
    try home.link(".npmrc", to: other.path("npmrc"))
    let findings = try find()
    #expect(findings.sightings == [])
    #expect(
      findings.problems == [
        Coverage.Problem(path: "~/.npmrc", reason: .linkLeadsOut, arguments: [other.path("npmrc")])
      ])
  }

  @Test func `a link to nowhere, and to itself, is nothing`() throws {
    try home.link(".npmrc", to: "nothing")
    try home.link(".pypirc", to: ".pypirc")
    #expect(try find().sightings == [])
  }

  @Test func `a browser's lock that links to a socket elsewhere is none of our business`() throws {
    try home.write("x", to: ".config/google-chrome/Default/Cookies")
    try home.link(".config/google-chrome/SingletonSocket", to: "/dev/null")
    let findings = try find()
    #expect(findings.sightings.map(\.kind) == ["chromium-cookies"])
    #expect(findings.problems == [])
  }

  @Test func `a FIFO in the place of a file is told and does not wait`() throws {
    #expect(mkfifo(home.path(".npmrc"), 0o600) == 0)
    #expect(try find().problems == [Coverage.Problem(path: "~/.npmrc", reason: .notAFile, arguments: ["fifo"])])
  }

  @Test func `what the system refuses is told`() throws {
    try home.write("x", to: ".vault-token")
    #expect(chmod(home.path(".vault-token"), 0) == 0)
    let findings = try find()
    // Nothing is refused to the superuser.
    guard getuid() != 0 else {
      #expect(findings.sightings.map(\.kind) == ["vault-token"])
      return
    }
    #expect(findings.problems == [Coverage.Problem(path: "~/.vault-token", reason: .permissionDenied)])
  }

  @Test func `a secret far down in a large file is found, also where two pieces meet`() throws {
    for size in [65_530, 65_536 + 4096 - 20, 300_000] {
      try home.write(String(repeating: " ", count: size) + "\n{\"primaryApiKey\": \"abc\"}", to: ".claude.json")
      #expect(try shown() == ["claude-login ~/.claude.json none"], "\(size)")
    }
  }

  @Test func `a file that is too large to be looked at wholly is told`() throws {
    try home.write([UInt8](repeating: 0x20, count: ContentLook.mostBytes + 70_000), to: ".claude.json")
    let findings = try find()
    #expect(findings.sightings == [])
    #expect(findings.problems.map(\.reason) == [.tooBig])
  }

  @Test func `a file in 16 bits is read`() throws {
    let text = "{\"primaryApiKey\": \"abc\"}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    try home.write([0xFF, 0xFE] + text, to: ".claude.json")
    #expect(try shown() == ["claude-login ~/.claude.json none"])
  }

  @Test func `who else can read a file is told by it and by the folders above it`() throws {
    try home.write("x", to: ".vault-token")
    try home.write("token = abc", to: ".cargo/credentials")
    chmod(home.path, 0o755)
    chmod(home.path(".vault-token"), 0o644)
    chmod(home.path(".cargo/credentials"), 0o644)
    chmod(home.path(".cargo"), 0o700)
    func readable() throws -> [String] {
      try find().sightings.filter { $0.identity?.isReadableByOthers ?? false }.map(\.path)
    }
    #expect(try readable() == ["~/.vault-token"])
    chmod(home.path(".cargo"), 0o755)
    #expect(try readable() == ["~/.cargo/credentials", "~/.vault-token"])
    chmod(home.path, 0o700)
    #expect(try readable() == [])
  }

  @Test func `a wallet in a browser is told with how many files it has`() throws {
    let path = ".config/google-chrome/Profile 1/Local Extension Settings/nkbihfbeogaeaoehlefnkodbefgpgknn"
    try home.write("x", to: path + "/000003.log")
    try home.write("x", to: path + "/CURRENT")
    let sighting = try #require(try find().sightings.first)
    #expect(sighting.kind == "metamask")
    guard case .folder(_, let entries) = sighting.place else {
      Issue.record("not a folder")
      return
    }
    #expect(entries == 2)
  }

  @Test func `time, inode and device are those of the file`() throws {
    let path = try home.write("x", to: ".vault-token")
    var status = stat()
    #expect(stat(path, &status) == 0)
    let identity = try #require(try find().sightings.first?.identity)
    #expect(identity.inode == status.st_ino)
    #expect(identity.device == status.st_dev)
    #expect(identity.modified == Int64(status.st_mtim.tv_sec))
  }

  @Test(
    arguments: [
      ("AWS_SECRET_ACCESS_KEY", ["aws-access-key"]), ("GITHUB_TOKEN", ["github-cli"]),
      ("HOUSE_API_KEY", ["environment-secret"]), ("TF_VAR_size", ["terraform-variables"]),
      ("CARGO_REGISTRIES_MINE_TOKEN", ["cargo-token"]), ("PATH", []), ("SSH_AUTH_SOCK", []), ("PWD", []),
      ("OLDPWD", []), ("KEYBOARD", []), ("TOKEN", ["environment-secret"]),
    ])
  func `a variable is told by its name`(name: String, kinds: [String]) {
    let finder = CredentialFinder(catalogue, environment: [name: "abc"])
    finder.lookAtEnvironment()
    #expect(finder.findings.sightings.map(\.kind) == kinds)
    let empty = CredentialFinder(catalogue, environment: [name: ""])
    empty.lookAtEnvironment()
    #expect(empty.findings.sightings == [])
  }

  @Test(
    arguments: [
      (".env", "A_TOKEN=a", true), (".env.local", "A_TOKEN=a", true), (".env.example", "A_TOKEN=a", false),
      (".env.sample", "A_TOKEN=a", false), (".env.template", "A_TOKEN=a", false), (".env.dist", "A_TOKEN=a", false),
      (".env", "A=1", false),
    ])
  func `a file of a project is told by its name and its content`(name: String, text: String, isFound: Bool) throws {
    let path = try home.write(text, to: "work/" + name)
    let finder = CredentialFinder(catalogue)
    for (number, sign) in catalogue.projectSigns.enumerated() where Wildcard(sign.path).matches(name) {
      let file = try PlantedHome.open(path)
      file.whileOpen { finder.look(at: $0, pattern: number, shown: "work/" + name) }
    }
    #expect(finder.findings.sightings.map(\.kind) == (isFound ? ["env-file"] : []))
  }

  @Test func `a file found at its place and again in a project is one`() throws {
    let path = try home.write("//registry.example/:_authToken=npm_abc\n", to: ".npmrc")
    let finder = CredentialFinder(catalogue)
    let number = try #require(catalogue.projectSigns.firstIndex { $0.path == ".npmrc" })
    let file = try PlantedHome.open(path)
    file.whileOpen { finder.look(at: $0, pattern: number, shown: path) }
    let folder = try PlantedHome.open(home.path)
    folder.whileOpen { finder.look(home: $0, shown: "~") }
    #expect(finder.findings.sightings.map(\.path) == ["~/.npmrc"])
    #expect(finder.findings.sightings.map(\.reach) == [.home])
  }

  @Test func `an empty home has nothing, and that is no problem`() throws {
    let findings = try find()
    #expect(findings.sightings == [])
    #expect(findings.problems == [])
    #expect(findings.filesRead == 0)
  }
}
