// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

// The program of `Scripts/fuzz`: throws inputs at the target that GIFTHORSE_FUZZ_TARGET names, or lists the targets if it names none.

internal import CFuzzing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The target of this run. Set once, before the first input.
private nonisolated(unsafe) var target: FuzzTarget?

private func fuzz() -> Int32 {
  guard let name = getenv("GIFTHORSE_FUZZ_TARGET").map({ String(cString: $0) }), !name.isEmpty else {
    for target in fuzzTargets { print("\(target.name)\t\(target.seeds.joined(separator: " "))") }
    return 0
  }
  target = fuzzTargets.first { $0.name == name }
  guard target != nil else {
    print("no target is called \(name)")
    return 64
  }
  var count = CommandLine.argc
  var arguments = CommandLine.unsafeArgv
  return LLVMFuzzerRunDriver(&count, &arguments) { bytes, size in
    target?.body(UnsafeBufferPointer(start: bytes, count: size))
    return 0
  }
}

exit(fuzz())
