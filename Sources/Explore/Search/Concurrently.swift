import Dispatch
import Synchronization

/// `make` of each item, at most `workers` at once, in the order of the items.
func concurrently<Item: Sendable, Made: Sendable>(
  _ items: [Item], workers: Int, _ make: @escaping @Sendable (Item) -> Made
) -> [Made] {
  guard items.count > 1, workers > 1 else { return items.map(make) }
  let made = Mutex([Made?](repeating: nil, count: items.count))
  let next = Mutex(0)
  DispatchQueue.concurrentPerform(iterations: min(workers, items.count)) { _ in
    while true {
      let index = next.withLock { next in
        next += 1
        return next - 1
      }
      guard index < items.count else { return }
      let result = make(items[index])
      made.withLock { $0[index] = result }
    }
  }
  return made.withLock { $0.compactMap { $0 } }
}
