package import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Runs a command that tells of devices, and has its lines recorded. A command that ends is run
/// again at the next interval, so that both `nvidia-smi ...` and `nvidia-smi ... -l 1` will do.
package final class DeviceCommand: @unchecked Sendable {
  // Unchecked: what changes is touched on `loop` alone.

  /// What is asked of nvidia-smi where nothing else is said.
  package static let nvidia =
    "nvidia-smi --query-gpu=index,power.draw,utilization.gpu,utilization.memory,memory.used,"
    + "clocks.sm,temperature.gpu --format=csv"

  private let command: String
  private let loop: any EventLoop
  private let recorder: SeriesRecorder
  private var table = DeviceTable()
  private var child: pid_t?
  private var isStopped = false

  package init(_ command: String, loop: any EventLoop, recorder: SeriesRecorder) {
    self.command = command
    self.loop = loop
    self.recorder = recorder
  }

  package func start(every interval: TimeAmount) {
    loop.execute {
      let task = self.loop.scheduleRepeatedTask(initialDelay: .zero, delay: interval) { _ in
        if self.child == nil, !self.isStopped { self.run() }
      }
      self.recorder.onStop {
        task.cancel()
        self.stop()
      }
    }
  }

  private func run() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return }
    defer { close(ends[1]) }
    guard let pid = spawn(output: ends[1], unused: ends[0]) else {
      close(ends[0])
      return
    }
    child = pid
    NIOPipeBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            LineHandler(line: { self.take($0) }, ended: { self.reap() }))
        }
      }
      .takingOwnershipOfDescriptor(input: ends[0])
      .whenFailure { _ in
        self.loop.execute { self.reap() }
      }
  }

  /// In a process group of its own, so that all that the shell starts can be ended.
  private func spawn(output: Int32, unused: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclose(&actions, unused)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let words: [UnsafeMutablePointer<CChar>?] = [
      strdup("/bin/sh"), strdup("-c"), strdup(command), nil,
    ]
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    return posix_spawn(&pid, "/bin/sh", &actions, &attributes, words, environ) == 0 ? pid : nil
  }

  private func take(_ line: String) {
    if let (values, labels) = table.take(line) { recorder.add(values, labels: labels) }
  }

  private func reap() {
    guard let pid = child else { return }
    child = nil
    kill(-pid, SIGKILL)
    waitpid(pid, nil, 0)
  }

  private func stop() {
    isStopped = true
    reap()
  }
}

/// Cuts what comes in into lines.
private final class LineHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private static let longest = 64 << 10

  private let line: (String) -> Void
  private let ended: () -> Void
  private var rest: [UInt8] = []

  init(line: @escaping (String) -> Void, ended: @escaping () -> Void) {
    self.line = line
    self.ended = ended
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    for byte in unwrapInboundIn(data).readableBytesView {
      if byte == 0x0A {
        line(String(decoding: rest, as: UTF8.self))
        rest.removeAll(keepingCapacity: true)
      } else if rest.count < Self.longest {
        rest.append(byte)
      }
    }
  }

  func channelInactive(context: ChannelHandlerContext) { ended() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
