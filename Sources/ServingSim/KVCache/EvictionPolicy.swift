/// In which order free KV blocks whose text can still be found are taken for other text.
///
/// A text's end always goes before its beginning, whatever the policy says: a prefix cache finds
/// nothing behind a gap.
package protocol EvictionPolicy: Sendable {
  /// Where blocks stand that nobody uses any more: those of the least rank are taken first, of equal
  /// ones those that have been free for the longest.
  func rank(of text: FreedText) -> Int64
}

/// What an eviction policy may know of blocks that have just become free.
package struct FreedText: Hashable, Sendable {
  /// How many requests found something of the chain that it lies on, since something of it is held
  /// here.
  package var finds: Int
  /// Text that only one preempted request can ask for.
  package var isOwn: Bool

  package init(finds: Int, isOwn: Bool = false) {
    self.finds = finds
    self.isOwn = isOwn
  }
}
