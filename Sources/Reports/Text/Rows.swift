// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A line of `gifthorse roots`.
public struct RootRow: Sendable {
  /// Whether the place is scanned.
  public enum State: Hashable, Sendable {
    case scanned
    /// Part of another root, which is named.
    case inside(String)
    /// Only traces of attacks are looked for in it.
    case searched
    case missing
  }

  public let path: String
  /// Why the place is looked at: `npm-global`.
  public let kind: String
  public let state: State

  public init(path: String, kind: String, state: State) {
    self.path = path
    self.kind = kind
    self.state = state
  }
}

/// Writes the places that a scan without a path looks at, one a line.
public func write(_ roots: [RootRow], style: ReportStyle, to output: Output) {
  let report = TextReport(style: style, output: output)
  let columns = 2 + (roots.map { Columns.count($0.kind) }.max() ?? 0)
  for root in roots {
    let path = report.wording.path(root.path)
    let state =
      switch root.state {
      case .scanned: report.wording(.rootScanned)
      case .inside(let other): report.wording(.rootInside, .words(report.wording.path(other)))
      case .searched: report.wording(.rootSearched)
      case .missing: report.wording(.rootMissing)
      }
    let paint: TextWriter.Paint = root.state == .scanned ? .plain : .faint
    report.writer.line("\(path) (\(state))", label: report.wording.quoted(root.kind), hanging: columns, paint: paint)
  }
}

/// What came of one check of the self-test.
public struct SelftestResult: Sendable {
  /// `package-lock`
  public let name: String
  public let isPassed: Bool
  /// What was seen: a verdict, or what refused.
  public let detail: String

  public init(name: String, isPassed: Bool, detail: String) {
    self.name = name
    self.isPassed = isPassed
    self.detail = detail
  }
}

/// Writes the checks of the self-test, one a line, and what they mean together.
public func write(_ results: [SelftestResult], style: ReportStyle, to output: Output) {
  let report = TextReport(style: style, output: output)
  let labels = [report.wording(.testPassed), report.wording(.testFailed)]
  let columns = 2 + (labels.map(Columns.count).max() ?? 0)
  for result in results {
    let text = "\(report.wording.quoted(result.name)) (\(report.wording.quoted(result.detail)))"
    let label = result.isPassed ? labels[0] : labels[1]
    report.writer.line(text, label: label, hanging: columns, paint: result.isPassed ? .plain : .bad)
  }
  let failed = results.count { !$0.isPassed }
  report.writer.blank()
  if failed > 0 || results.isEmpty {
    report.writer.line(report.wording(.testsFailed, .count(failed), .count(results.count)), paint: .bad)
  } else {
    report.writer.line(report.wording(.testsPassed, .count(results.count)), paint: .good)
  }
}
