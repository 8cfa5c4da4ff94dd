// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// What a typed command does with wanted packages. Nothing of the line itself leaves.
enum InstallCommand {
  struct Mention: Hashable {
    /// As this program knows it, not as it was typed.
    let program: String
    let ecosystem: Ecosystem
    /// As it is wanted, not as it was typed.
    let name: String
    /// nil where the command does not name one: it then installs some version.
    let version: String?
    let isRemoval: Bool
  }

  /// Program, ecosystem, what installs, what removes. A verb may have two words; `*` is a program that takes a package at once, and behind
  /// a verb `!` says that only its first word is a package, the others being for that package itself.
  ///
  /// - Source: the manuals of each (`npm help install` with its aliases, https://pnpm.io/cli/add, https://classic.yarnpkg.com/en/docs/cli,
  ///   https://yarnpkg.com/cli, https://bun.sh/docs/cli/add, https://docs.deno.com/runtime/reference/cli, https://pip.pypa.io/en/stable/cli,
  ///   https://docs.astral.sh/uv/reference/cli, https://python-poetry.org/docs/cli, https://pdm-project.org/latest/reference/cli,
  ///   https://pipx.pypa.io/stable/reference/cli, https://doc.rust-lang.org/cargo/commands, https://go.dev/ref/mod,
  ///   https://guides.rubygems.org/command-reference, https://getcomposer.org/doc/03-cli.md,
  ///   https://learn.microsoft.com/dotnet/core/tools) (read 2026-11-25)
  private static let table = """
    npm|npm|install,i,in,ins,inst,insta,instal,isnt,isnta,isntal,isntall,add,it,install-test,update,up,upgrade,udpate,exec!,x!|uninstall,unlink,remove,rm,r,un
    npx|npm|*!|
    pnpm|npm|add,install,i,update,up,upgrade,dlx!|remove,rm,uninstall,un
    pnpx|npm|*!|
    yarn|npm|add,upgrade,up,dlx!,global add,global upgrade|remove,global remove
    bun|npm|add,install,i,a,update,x!|remove,rm,r
    bunx|npm|*!|
    deno|npm|add,install,i|remove,uninstall
    pip|PyPI|install,download,wheel|uninstall
    uv|PyPI|add,pip install,tool install,tool run!|remove,pip uninstall,tool uninstall
    uvx|PyPI|*!|
    poetry|PyPI|add,self add|remove,self remove
    pdm|PyPI|add,update|remove
    pipx|PyPI|install,run!,inject,upgrade|uninstall
    pipenv|PyPI|install,update|uninstall
    rye|PyPI|add,install|remove,uninstall
    easy_install|PyPI|*|
    conda|conda|install,create,update|remove,uninstall
    cargo|crates.io|add,install|remove,rm,uninstall
    go|Go|get,install,run!|
    gem|RubyGems|install,i,update|uninstall
    bundle|RubyGems|add|remove
    composer|Packagist|require,req,global require,create-project!|remove,rm,global remove
    dotnet|NuGet|add package,tool install|remove package,tool uninstall
    """

  private struct Program {
    let name: String
    let ecosystem: Ecosystem
    let installs: [Substring]
    let removes: [Substring]
  }

  private static let programs: [String: Program] = {
    var programs: [String: Program] = [:]
    for row in table.split(separator: "\n") {
      let fields = row.split(separator: "|", omittingEmptySubsequences: false)
      programs[String(fields[0])] = Program(
        name: String(fields[0]), ecosystem: Ecosystem(String(fields[1])), installs: fields[2].split(separator: ","),
        removes: fields[3].split(separator: ","))
    }
    return programs
  }()

  /// Every wanted package that one of the commands in `line` installs or removes. A version that is named and not wanted is no mention.
  static func mentions(in line: Bytes, _ wanted: WantedPackages) -> [Mention] {
    var mentions: [Mention] = []
    for words in ShellWords.commands(in: line) {
      guard let (program, arguments) = program(words[...]) else { continue }
      mentions += Self.mentions(program, arguments, wanted)
    }
    return mentions
  }

  // MARK: The program

  /// Words that start another command, which follows.
  private static let starters: Set<String> = [
    "sudo", "doas", "env", "time", "nohup", "command", "exec", "nice", "corepack", "builtin", "then", "do", "else",
    "if", "while", "!", "{",
  ]

  private static func program(_ words: ArraySlice<String>) -> (Program, ArraySlice<String>)? {
    var words = words
    while let first = words.first {
      words = words.dropFirst()
      // What stands before a program: variables, and options of a word that starts another.
      if first.hasPrefix("-") || isAssignment(first) || starters.contains(first) {
        // `sudo -u name`, `nice -n 10`
        if ["-u", "-g", "-n"].contains(first) { words = words.dropFirst() }
        continue
      }
      let name = String(first.split(separator: "/").last ?? "")
      if isPython(name) { return module(words) }
      return programs[usual(name)].map { ($0, words) }
    }
    return nil
  }

  /// `pip3.11` → `pip`, `mamba` → `conda`, `yarnpkg` → `yarn`
  private static func usual(_ name: String) -> String {
    switch name {
    case "mamba", "micromamba": "conda"
    case "yarnpkg": "yarn"
    case "composer.phar": "composer"
    case _ where name.hasPrefix("pip") && name.utf8.dropFirst(3).allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }:
      "pip"
    default: name
    }
  }

  private static func isPython(_ name: String) -> Bool {
    name == "py"
      || (name.hasPrefix("python") && name.utf8.dropFirst(6).allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") })
  }

  /// `python -m pip …`
  private static func module(_ words: ArraySlice<String>) -> (Program, ArraySlice<String>)? {
    guard let flag = words.firstIndex(of: "-m"), let name = words[(flag + 1)...].first,
      words[..<flag].allSatisfy({ $0.hasPrefix("-") })
    else { return nil }
    return programs[name].map { ($0, words[(flag + 2)...]) }
  }

  private static func isAssignment(_ word: String) -> Bool {
    guard let equal = word.utf8.firstIndex(of: UInt8(ascii: "=")), equal > word.startIndex else { return false }
    return word[..<equal].utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
  }

  // MARK: The verb

  /// Options that stand before a verb with a value of their own.
  private static let valued: Set<String> = [
    "--prefix", "-C", "--cwd", "--dir", "--registry", "--userconfig", "--globalconfig", "-w", "--workspace", "--filter",
    "-F", "--project",
    "--directory", "--python", "--cache", "--cache-dir", "--log", "--proxy", "--index-url", "-i", "--color",
    "--loglevel",
  ]
  private static let versionOptions: Set<String> = ["-v", "--version", "--vers", "--tag", "--rev"]
  private static let packageOptions: Set<String> = ["-p", "--package", "--with", "--from", "--spec"]

  private static func mentions(
    _ program: Program, _ arguments: ArraySlice<String>, _ wanted: WantedPackages
  ) -> [Mention] {
    let verbless = program.installs.first?.hasPrefix("*") == true
    guard let (verb, isRemoval, rest) = verbless ? (program.installs[0], false, arguments) : verb(program, arguments)
    else { return [] }
    let (specs, version) = operands(rest, isFirstOnly: verb.hasSuffix("!"))
    return specs.compactMap { spec in
      mention(PackageSpec(spec, program.ecosystem), of: program, version: version, isRemoval: isRemoval, wanted)
    }
  }

  private static func verb(
    _ program: Program, _ arguments: ArraySlice<String>
  ) -> (Substring, isRemoval: Bool, ArraySlice<String>)? {
    var places: [Int] = []
    var index = arguments.startIndex
    while index < arguments.endIndex, places.count < 2 {
      let word = arguments[index]
      if !word.hasPrefix("-"), !(word.hasPrefix("+") && program.name == "cargo") { places.append(index) }
      let next = index + 1 < arguments.endIndex ? Substring(arguments[index + 1]) : ""
      // The same letter is a switch in one program and has a value in another: no value is called as a verb.
      index += valued.contains(word) && !program.installs.contains(next) ? 2 : 1
    }
    guard let first = places.first else { return nil }
    let one = arguments[first]
    let two = places.count > 1 ? one + " " + arguments[places[1]] : one
    for (verbs, isRemoval) in [(program.installs, false), (program.removes, true)] {
      for verb in verbs {
        let plain = verb.hasSuffix("!") ? verb.dropLast() : verb
        if plain == two, places.count > 1 { return (verb, isRemoval, arguments[(places[1] + 1)...]) }
        if plain == one { return (verb, isRemoval, arguments[(first + 1)...]) }
      }
    }
    return nil
  }

  /// The words that may name packages, and a version that an option names for all of them.
  private static func operands(_ words: ArraySlice<String>, isFirstOnly: Bool) -> (specs: [String], version: String?) {
    var specs: [String] = []
    var named: [String] = []
    var version: String?
    var index = words.startIndex
    while index < words.endIndex {
      let word = words[index]
      let next = index + 1 < words.endIndex ? words[index + 1] : nil
      index += 1
      let parts = word.split(separator: "=", maxSplits: 1)
      if versionOptions.contains(word), let next, word != "-v" || PackageSpec.isExact(next) {
        version = next
        index += 1
      } else if packageOptions.contains(word), let next, isFirstOnly {
        named.append(next)
        index += 1
      } else if parts.count == 2, versionOptions.contains(String(parts[0])) {
        version = String(parts[1])
      } else if parts.count == 2, packageOptions.contains(String(parts[0])), isFirstOnly {
        named.append(String(parts[1]))
      } else if !word.hasPrefix("-") {
        specs.append(word)
        if isFirstOnly { break }
      }
    }
    // With `--package` the first word is a command of that package.
    return (named.isEmpty ? specs : named, version)
  }

  // MARK: The package

  private static func mention(
    _ spec: PackageSpec?, of program: Program, version: String?, isRemoval: Bool, _ wanted: WantedPackages
  ) -> Mention? {
    guard let spec, let name = wantedName(spec.name, program.ecosystem, wanted) else { return nil }
    var version = spec.version ?? version
    if isRemoval {
      version = nil
    } else if let named = version {
      guard PackageSpec.isExact(named) else { return unversioned() }
      let plain =
        named.utf8.first == UInt8(ascii: "v") || named.utf8.first == UInt8(ascii: "=")
        ? String(named.dropFirst()) : named
      switch wanted.judge(program.ecosystem, name, plain) {
      case .wanted: version = plain
      case .unclear: version = nil
      case .unwanted, nil: return nil
      }
    }
    func unversioned() -> Mention {
      Mention(program: program.name, ecosystem: program.ecosystem, name: name, version: nil, isRemoval: false)
    }
    return Mention(
      program: program.name, ecosystem: program.ecosystem, name: name, version: version, isRemoval: isRemoval)
  }

  /// The wanted name that a typed one is; of a Go package, that of its module.
  private static func wantedName(_ typed: String, _ ecosystem: Ecosystem, _ wanted: WantedPackages) -> String? {
    guard ecosystem.base == "Go" || wanted.hasName(ecosystem, typed) else { return nil }
    let matching = ecosystem.matchingName(typed)
    return wanted.names(in: ecosystem).first { name in
      let name = ecosystem.matchingName(name)
      return matching == name || (ecosystem.base == "Go" && matching.utf8.starts(with: (name + "/").utf8))
    }
  }
}
