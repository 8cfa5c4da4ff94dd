// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The codes in which incidents speak, as `Schemas/incident-1.schema.json` lists and describes them; a test compares.
///
/// A record's fields keep the codes as text, so that one that is not known here is shown rather than lost.
public enum IncidentCode {
  /// What must happen for the bad code to run.
  public enum Trigger: String, CaseIterable, Sendable {
    case installHook = "install-hook"
    case gyp
    case gitPrepare = "git-prepare"
    case install
    case require
    case `import`
    case start
    case call
    case run
    case browser
    case build
    case activation
    case ci
  }

  /// What it takes.
  public enum Reading: String, CaseIterable, Sendable {
    case aws
    case azure
    case gcloud
    case otherClouds = "other-clouds"
    case cloudMetadata = "cloud-metadata"
    case cloudSecretStores = "cloud-secret-stores"
    case ssh
    case git
    case npmToken = "npm-token"
    case publishingTokens = "publishing-tokens"
    case docker
    case kubernetes
    case terraform
    case vault
    case envFiles = "env-files"
    case environment
    case databases
    case saas
    case aiTools = "ai-tools"
    case shellHistory = "shell-history"
    case ci
    case browsers
    case wallets
    case passwordManagers = "password-managers"
    case keychain
    case vpn
    case mail
    case prompts
    case files
    case system
  }

  /// How what it takes gets out, and how it is commanded.
  public enum Way: String, CaseIterable, Sendable {
    case dns
    case https
    case websocket
    case tcp
    case github
    case webhook
    case telegram
    case slack
    case messenger
    case blockchain
    case ipfs
    case tor
    case mail
    case browser
    case unknown
  }

  /// What to do, to be clean again.
  public enum Cleanup: String, CaseIterable, Sendable {
    case isolate
    case stopWatchers = "stop-watchers"
    case removeHooks = "remove-hooks"
    case stopUsing = "stop-using"
    case remove
    case clearCaches = "clear-caches"
    case pinSafe = "pin-safe"
    case replace
    case removePersistence = "remove-persistence"
    case reinstall
    case checkTraces = "check-traces"
    case checkNetwork = "check-network"
    case checkDamage = "check-damage"
    case restoreBackup = "restore-backup"
    case rotateElsewhere = "rotate-elsewhere"
    case moveFunds = "move-funds"
    case signOut = "sign-out"
    case auditPublished = "audit-published"
    case auditCloud = "audit-cloud"
    case redeploy
    case tellUsers = "tell-users"
  }
}
