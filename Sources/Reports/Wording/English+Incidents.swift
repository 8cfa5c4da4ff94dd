// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory

extension English {
  /// What must happen, to stand in a list.
  static func trigger(_ code: IncidentCode.Trigger) -> String {
    switch code {
    case .installHook: "installing it: the package manager runs a script of it"
    case .gyp: "installing it: a build file of it runs a command, although it declares no script"
    case .gitPrepare: "installing it: a dependency that is taken from git runs a script of its own"
    case .install: "installing it; the sources do not say how"
    case .require: "a program loads it with require; an import of it as an ES module does not set it off"
    case .import: "a program loads it"
    case .start: "the interpreter of the language starts, for whatever program: it installs a start-up file"
    case .call: "a program calls a certain function of it, or one of its tools"
    case .run: "somebody starts the program that it is"
    case .browser: "somebody opens a web page that contains it"
    case .build: "a program that uses it is built"
    case .activation: "an editor starts it as an extension"
    case .ci: "a workflow of a build service runs it"
    }
  }

  /// What it takes, to stand in a list.
  static func reading(_ code: IncidentCode.Reading) -> String {
    switch code {
    case .aws, .azure, .gcloud, .otherClouds, .cloudMetadata, .cloudSecretStores: cloudReading(code)
    case .ssh: "SSH keys and configuration"
    case .git: "stored logins of git, GitHub and GitLab"
    case .npmToken: "npm tokens"
    case .publishingTokens: "tokens of other package registries"
    case .docker: "logins of container registries"
    case .kubernetes: "credentials of Kubernetes clusters"
    case .terraform: "credentials, state and variables of infrastructure code (Terraform)"
    case .vault: "tokens of secret stores (Vault)"
    case .envFiles: ".env files"
    case .environment: "environment variables"
    case .databases: "passwords and histories of databases"
    case .saas: "logins of business services"
    case .ci: "secrets of build services"
    default: personalReading(code)
    }
  }

  private static func cloudReading(_ code: IncidentCode.Reading) -> String {
    switch code {
    case .aws: "keys and sessions of AWS"
    case .azure: "sessions of Azure"
    case .gcloud: "credentials of Google Cloud"
    case .otherClouds: "keys of other cloud and hosting providers"
    case .cloudMetadata: "the credentials that a machine in a cloud gets from its provider"
    default: "secrets that are kept at a cloud provider"
    }
  }

  private static func personalReading(_ code: IncidentCode.Reading) -> String {
    switch code {
    case .aiTools: "settings and logins of AI assistants and MCP servers"
    case .shellHistory: "histories and profiles of the command line"
    case .browsers: "passwords, cookies or history that browsers keep"
    case .wallets: "cryptocurrency wallets, their seeds and keys"
    case .passwordManagers: "stores of password managers"
    case .keychain: "the keychain of the operating system"
    case .vpn: "configuration of VPNs"
    case .mail: "the mail that passes through it"
    case .prompts: "what is asked of AI assistants"
    case .files: "files that it finds by searching the disk"
    default: "name, user, addresses and kind of the machine"
    }
  }

  /// How it gets out, to stand in a list.
  static func way(_ code: IncidentCode.Way) -> String {
    switch code {
    case .dns: "in DNS queries"
    case .https: "over HTTPS or HTTP"
    case .websocket: "over a WebSocket"
    case .tcp: "over a connection of its own kind"
    case .github: "through repositories, commits or gists on GitHub"
    case .webhook: "through a webhook relay"
    case .telegram: "through Telegram"
    case .slack: "through Slack"
    case .messenger: "through another network of messengers"
    case .blockchain: "it reads a server's address or orders from a blockchain"
    case .ipfs: "it fetches its next stage through IPFS"
    case .tor: "through Tor"
    case .mail: "by mail"
    case .browser: "from the browser of whoever opens the page"
    case .unknown: "the sources do not say how"
    }
  }

  static func signKind(_ kind: Sign.Kind) -> String {
    switch kind {
    case .file: "a file"
    case .folder: "a folder"
    case .line: "a line in this file"
    case .branch: "a branch of a git repository"
    }
  }

  /// What to do, as a sentence.
  static func cleanup(_ code: IncidentCode.Cleanup) -> String {
    switch code {
    case .isolate: "Take the computer off the network."
    case .stopWatchers: "Stop and delete the services that wait for a token to be revoked."
    case .removeHooks: "Delete planted workflows, and planted settings of editors and AI assistants."
    case .stopUsing: "Stop what uses it."
    case .remove: "Delete the bad version wherever it lies."
    case .clearCaches: "Empty the caches and mirrors of package managers."
    case .pinSafe: "Install a safe version, pinned exactly."
    case .replace: "Take another package in its place: there is no safe version of this one."
    case .removePersistence: "Delete what starts with the computer."
    case .reinstall: "Set the computer up anew."
    case .checkTraces: "Look for what it leaves behind."
    case .checkNetwork: "Look for its traffic in logs."
    case .checkDamage: "Look for files that were destroyed."
    case .restoreBackup: "Restore from a backup that was made before."
    case .rotateElsewhere: "From a clean computer, replace every credential that it can read."
    case .moveFunds: "Move cryptocurrency to a new wallet that was made on a clean device."
    case .signOut: "End all sessions that are signed in."
    case .auditPublished: "Check what was published, pushed or changed with stolen credentials."
    case .auditCloud: "Check the logs of cloud accounts."
    case .redeploy: "Build and deploy again."
    case .tellUsers: "Tell the people whom it reached through you."
    }
  }
}
