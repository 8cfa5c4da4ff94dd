// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
public import Responding
public import Scanning

/// The forms that an answer can take; one file in `Formats/` each, which a test sees to.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// For people.
  case text
  /// For programs: `Schemas/v1/scan.schema.json` and `find.schema.json`.
  case json
}

/// Writes the answer of a scan to `output`, without flushing it.
/// - Complexity: O(size of the answer) time; a chunk of ``Output`` in memory, whatever the answer's size.
public func write(_ report: ScanReport, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(report)
  case .json: JSONReport(style: style, output: output).write(report)
  }
}

/// Writes the answer to "do we have this anywhere?" to `output`, without flushing it.
public func write(_ report: FindReport, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(report)
  case .json: JSONReport(style: style, output: output).write(report)
  }
}

/// Writes what is known of one package to `output`, without flushing it.
public func write(_ explanation: PackageExplanation, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(explanation)
  case .json: JSONReport(style: style, output: output).write(explanation)
  }
}

/// Writes what an index is to `output`, without flushing it.
public func write(_ report: IndexReport, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(report)
  case .json: JSONReport(style: style, output: output).write(report)
  }
}

/// Writes records to `output`, without flushing it.
/// - Parameter text: What was asked for.
public func write(
  _ records: [ShownRecord], askedFor text: String, as format: ReportFormat, style: ReportStyle, to output: Output
) {
  switch format {
  case .text: TextReport(style: style, output: output).write(records, askedFor: text)
  case .json: JSONReport(style: style, output: output).write(records, askedFor: text)
  }
}

/// Writes which findings of saved scans are recalled to `output`, without flushing it.
public func write(_ report: RecallReport, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(report)
  case .json: JSONReport(style: style, output: output).write(report)
  }
}

/// Writes the answer after an alarm to `output`, without flushing it.
public func write(_ response: Response, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(response)
  case .json: JSONReport(style: style, output: output).write(response)
  }
}

/// Writes which credentials lie here to `output`, without flushing it.
public func write(_ report: ExposureReport, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(report)
  case .json: JSONReport(style: style, output: output).write(report)
  }
}

extension Response {
  /// The rotation plan as a list to tick, with what was ticked before; nil where there is nothing to replace.
  public func checklistDocument(language: String) -> String? {
    guard let rotation, let progress else { return nil }
    let title = target.detail.title(in: language) ?? target.summary ?? target.id
    return ChecklistDocument(
      rotation, progress, catalogue, title: title, made: Int64(scanned.started), language: language
    ).markdown()
  }
}

/// Writes what was put back out of quarantine to `output`, without flushing it.
public func write(_ report: RestoreReport, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(report)
  case .json: JSONReport(style: style, output: output).write(report)
  }
}
