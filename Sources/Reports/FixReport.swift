// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Responding

/// Writes what is to be fixed, or was, to `output`, without flushing it.
public func write(_ plan: FixPlan, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(plan)
  case .json: JSONReport(style: style, output: output).write(plan)
  }
}
