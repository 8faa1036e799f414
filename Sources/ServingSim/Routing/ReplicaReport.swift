/// What a replica said of itself at some time.
struct ReplicaReport: BitwiseCopyable {
  var waiting = 0
  var running = 0
  /// Of the requests that wait and run; kept for routers that go by them.
  var tokens = 0
  /// KV blocks in use.
  var usedBlocks = 0
}
