// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Work that makes more work, shared by a fixed number of threads: last in, first out, so that what waits stays small.
///
/// Threads rather than tasks: what they do is blocking system calls.
/// `@unchecked Sendable`: every access to `items`, `active` and `isCancelled` happens between lock and unlock of `mutex`.
final class WorkQueue<Item>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  /// That there is more work, or none will come: what workers wait for.
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  /// That all work is done. Its own condition: whoever waits for the end would else be woken by each new item.
  private let ended: UnsafeMutablePointer<pthread_cond_t>
  private var items: [Item] = []
  /// Threads that work on an item and may push more.
  private var active = 0
  /// Workers that wait.
  private var waiting = 0
  private var isCancelled = false

  init() {
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    ended = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    changed.initialize(to: pthread_cond_t())
    ended.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
    pthread_cond_init(ended, nil)
  }

  deinit {
    pthread_cond_destroy(ended)
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
    changed.deallocate()
    ended.deallocate()
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Adds items; their order is the order in which one thread alone would take them.
  func push(_ more: [Item]) {
    guard !more.isEmpty else { return }
    locked {
      items.append(contentsOf: more.reversed())
      if waiting > 0 { pthread_cond_broadcast(changed) }
    }
  }

  /// Ends the work of the item taken before (if `isFirst` is false) and takes the next; nil when there is none and none can come.
  func next(isFirst: Bool) -> Item? {
    locked {
      if !isFirst { active -= 1 }
      while true {
        if isCancelled || (items.isEmpty && active == 0) {
          pthread_cond_broadcast(changed)
          if isDone { pthread_cond_broadcast(ended) }
          return nil
        }
        if let item = items.popLast() {
          active += 1
          return item
        }
        waiting += 1
        pthread_cond_wait(changed, mutex)
        waiting -= 1
      }
    }
  }

  /// Lets every thread end after the item it works on.
  func cancel() {
    locked {
      isCancelled = true
      items.removeAll()
      pthread_cond_broadcast(changed)
      if isDone { pthread_cond_broadcast(ended) }
    }
  }

  /// Waits until all work is done, but not longer than `milliseconds`; whether it is done.
  func waitUntilDone(milliseconds: Int) -> Bool {
    locked {
      if isDone { return true }
      var deadline = timespec()
      clock_gettime(CLOCK_REALTIME, &deadline)
      deadline.tv_nsec += milliseconds % 1000 * 1_000_000
      deadline.tv_sec += milliseconds / 1000 + deadline.tv_nsec / 1_000_000_000
      deadline.tv_nsec %= 1_000_000_000
      while !isDone {
        if pthread_cond_timedwait(ended, mutex, &deadline) != 0 { break }
      }
      return isDone
    }
  }

  private var isDone: Bool { (isCancelled || items.isEmpty) && active == 0 }
}

/// Starts `count` threads that run `body` and waits for them after `meanwhile` has returned.
func withThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void, meanwhile: () -> Void) {
  final class Start: Sendable {
    let index: Int
    let body: @Sendable (Int) -> Void
    init(index: Int, body: @escaping @Sendable (Int) -> Void) {
      self.index = index
      self.body = body
    }
  }
  #if os(Linux)
    var threads: [pthread_t] = []
    var thread = pthread_t()
  #else
    var threads: [pthread_t?] = []
    var thread: pthread_t?
  #endif
  for index in 0..<count {
    let start = Unmanaged.passRetained(Start(index: index, body: body)).toOpaque()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        #if os(Linux)
          let start = Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue()  // Exactly the pointer passed below.
        #else
          let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        #endif
        start.body(start.index)
        return nil
      }, start)
    if failure == 0 {
      threads.append(thread)
    } else {
      // No thread to be had: the work is done here, if nobody else does it.
      let start = Unmanaged<Start>.fromOpaque(start).takeRetainedValue()
      if threads.isEmpty, index == count - 1 { start.body(start.index) }
    }
  }
  meanwhile()
  #if os(Linux)
    for thread in threads { pthread_join(thread, nil) }
  #else
    for case let thread? in threads { pthread_join(thread, nil) }
  #endif
}
