package import ServingPolicies
import ServingModel
import ServingSim
import SimKernel

/// The settings of a real engine whose steps were recorded, by vLLM's option names.
package struct RecordedServer: Hashable, Sendable {
  package var name: String
  package var maxNumSeqs: Int
  package var maxNumBatchedTokens: Int
  package var maxModelLen: Int
  package var blockSize: Int
  /// As vLLM prints it; one block is vLLM's own.
  package var numGPUBlocks: Int
  package var enablePrefixCaching: Bool
  package var schedulingPolicy: BatchPolicyName

  package init(
    name: String, maxNumSeqs: Int, maxNumBatchedTokens: Int, maxModelLen: Int, blockSize: Int,
    numGPUBlocks: Int, enablePrefixCaching: Bool,
    schedulingPolicy: BatchPolicyName = .firstComeFirstServed
  ) {
    self.name = name
    self.maxNumSeqs = maxNumSeqs
    self.maxNumBatchedTokens = maxNumBatchedTokens
    self.maxModelLen = maxModelLen
    self.blockSize = blockSize
    self.numGPUBlocks = numGPUBlocks
    self.enablePrefixCaching = enablePrefixCaching
    self.schedulingPolicy = schedulingPolicy
  }

  /// Where steps begin when a log says so.
  var replica: ReplicaPlan { replica(stepTime: RecordedStepTime()) }

  func replica(
    stepTime: any StepTimeModel, frontendLatency: SimDuration = .zero
  ) -> ReplicaPlan {
    ReplicaPlan(
      group: name, maxNumSeqs: maxNumSeqs, maxNumBatchedTokens: maxNumBatchedTokens,
      maxModelLength: min(maxModelLen, (numGPUBlocks - 1) * blockSize), blockSize: blockSize,
      usableBlocks: numGPUBlocks - 1, enablePrefixCaching: enablePrefixCaching,
      scheduler: schedulingPolicy.policy, stepTime: stepTime,
      frontendLatency: frontendLatency)
  }
}

/// Stands in where steps begin when a log says so: nobody asks it how long they take.
struct RecordedStepTime: StepTimeModel {
  var name: String { "recorded" }
  var provenance: String { "measured: each step begins when the log says" }
  var attentionWindow: Int? { nil }

  func duration(of work: StepWork) -> SimDuration { .nanosecond }
  func decodeLine(sequences: Int) -> DecodeLine? { nil }
}

extension RecordedServer {
  /// What servers.yaml in `directory` states, before what is known without it.
  static func all(in directory: String) throws(ScenarioIssues) -> [RecordedServer] {
    try ServersFile.read(directory: directory) + known
  }

  /// The servers of the recorded vLLM 0.32 runs that the project is checked against: vLLM on a CPU
  /// with a model of 32 million (S) or 88 million (B) parameters, 32-token blocks.
  package static let known = [
    RecordedServer(
      name: "S1", maxNumSeqs: 64, maxNumBatchedTokens: 2048, maxModelLen: 8192, blockSize: 32,
      numGPUBlocks: 4097, enablePrefixCaching: true),
    RecordedServer(
      name: "S2", maxNumSeqs: 64, maxNumBatchedTokens: 2048, maxModelLen: 8192, blockSize: 32,
      numGPUBlocks: 4097, enablePrefixCaching: false),
    RecordedServer(
      name: "S3", maxNumSeqs: 16, maxNumBatchedTokens: 256, maxModelLen: 2048, blockSize: 32,
      numGPUBlocks: 97, enablePrefixCaching: true),
    RecordedServer(
      name: "S4", maxNumSeqs: 64, maxNumBatchedTokens: 2048, maxModelLen: 8192, blockSize: 32,
      numGPUBlocks: 4097, enablePrefixCaching: true),
    RecordedServer(
      name: "B1", maxNumSeqs: 64, maxNumBatchedTokens: 1024, maxModelLen: 8192, blockSize: 32,
      numGPUBlocks: 2731, enablePrefixCaching: true),
  ]
}
