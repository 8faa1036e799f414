// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Kavier",
  products: [
    .executable(name: "kavier", targets: ["kavier"]),
    .library(name: "KavierCore", targets: ["KavierCore"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "SimKernel", swiftSettings: strict),
    .target(name: "Charts", swiftSettings: strict),
    .target(name: "Parquet", dependencies: ["CZlib", "CZstd"], swiftSettings: strict),
    .target(
      name: "TextAndBytes", dependencies: ["CZlib"], swiftSettings: strict),
    .target(name: "ServingModel", dependencies: ["SimKernel"], swiftSettings: strict),
    .target(
      name: "ServingSim", dependencies: ["SimKernel", "ServingModel"], swiftSettings: strict),
    .target(
      name: "ServingPolicies", dependencies: ["SimKernel", "ServingSim"], swiftSettings: strict),
    .target(
      name: "TraceArchive",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "Parquet",
      ],
      swiftSettings: strict),
    .target(
      name: "Impact",
      dependencies: [
        "SimKernel", "ServingModel", "ServingSim",
      ], swiftSettings: strict),
    .target(
      name: "Accuracy",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "ServingPolicies", "Impact",
        "TraceArchive",
      ],
      swiftSettings: strict),
    .target(
      name: "Report",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "Impact", "TraceArchive",
        "Accuracy", "Charts", "Parquet",
      ],
      swiftSettings: strict),
    .target(
      name: "Scenarios",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "ServingPolicies", "Impact",
        "TraceArchive",
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),
    .target(
      name: "KavierOriginal", dependencies: ["TextAndBytes", "TraceArchive", "Parquet"],
      swiftSettings: strict),
    .target(
      name: "OpenDC",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "Impact", "Report", "Parquet",
      ],
      swiftSettings: strict),
    .target(
      name: "Endpoint",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "ServingPolicies",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ], swiftSettings: strict),
    .target(
      name: "Explore",
      dependencies: [
        "CSQLite", "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "Impact", "Charts",
        "Parquet", "Report", "Scenarios",
      ], swiftSettings: strict),
    .target(
      name: "Capsule",
      dependencies: [
        "SimKernel", "ServingSim", "Impact", "TextAndBytes", "TraceArchive", "Charts", "Report",
        "Scenarios",
        "KavierOriginal",
      ], swiftSettings: strict),
    .target(
      name: "Tracer",
      dependencies: [
        "SimKernel", "TextAndBytes", "TraceArchive",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "kavier",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "Impact", "TraceArchive",
        "Accuracy", "Charts", "Report", "Scenarios", "Explore", "KavierOriginal", "Capsule",
        "OpenDC", "Endpoint", "Tracer",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .target(
      name: "KavierCore",
      dependencies: ["SimKernel", "ServingSim", "Impact", "Report", "Scenarios"],
      swiftSettings: strict),
    .executableTarget(
      name: "kavier-embedding", dependencies: ["KavierCore"], path: "Examples/embedding",
      swiftSettings: strict),
    .executableTarget(
      name: "kavier-bench",
      dependencies: [
        "SimKernel", "ServingModel", "ServingSim", "ServingPolicies", "TraceArchive", "Scenarios",
        "KavierOriginal", "Capsule", "Tracer", "TracerTestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      path: "Benchmarks/Sources", swiftSettings: strict),
    .executableTarget(
      name: "kavier-load",
      dependencies: [
        "Tracer", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ], path: "Benchmarks/Load", swiftSettings: strict),
    .executableTarget(
      name: "kavier-fuzz",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "Impact", "TraceArchive",
        "Accuracy", "Report", "Scenarios", "KavierOriginal", "OpenDC", "Endpoint", "Tracer",
        "Parquet", "ReportTestSupport",
      ], path: "Benchmarks/Fuzz", exclude: ["Seeds"], swiftSettings: strict),
    .target(
      name: "ServingTestSupport",
      dependencies: [
        "SimKernel", "ServingModel", "ServingSim", "ServingPolicies",
      ],
      path: "Tests/ServingTestSupport", swiftSettings: strict),
    .target(
      name: "ReportTestSupport",
      dependencies: [
        "SimKernel", "ServingSim", "Impact", "TextAndBytes", "Report", "Parquet",
      ],
      path: "Tests/ReportTestSupport", swiftSettings: strict),
    .testTarget(
      name: "ParquetTests", dependencies: ["SimKernel", "Parquet", "ServingTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "OpenDCTests",
      dependencies: [
        "SimKernel", "ServingModel", "ServingSim", "Impact", "Scenarios", "OpenDC", "Parquet",
        "ServingTestSupport",
      ], swiftSettings: strict),
    .testTarget(name: "ChartsTests", dependencies: ["Charts"], swiftSettings: strict),
    .target(
      name: "TracerTestSupport",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      path: "Tests/TracerTestSupport", swiftSettings: strict),
    .testTarget(
      name: "TracerTests",
      dependencies: [
        "SimKernel", "TextAndBytes", "TraceArchive", "Tracer", "ServingTestSupport",
        "TracerTestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(name: "SimKernelTests", dependencies: ["SimKernel"], swiftSettings: strict),
    .testTarget(
      name: "ServingModelTests",
      dependencies: ["SimKernel", "ServingModel", "ServingSim", "ServingTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ServingSimTests",
      dependencies: [
        "SimKernel", "ServingModel", "ServingSim", "ServingPolicies", "ServingTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TextAndBytesTests", dependencies: ["TextAndBytes", "ServingTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TraceArchiveTests",
      dependencies: [
        "SimKernel", "TextAndBytes", "TraceArchive", "Parquet", "ServingTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ImpactTests",
      dependencies: [
        "SimKernel", "ServingModel", "ServingSim", "ServingPolicies", "Impact",
        "ServingTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AccuracyTests",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "ServingPolicies", "Impact",
        "TraceArchive", "Accuracy", "Report", "ServingTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "ServingPolicies", "Impact",
        "Accuracy", "Charts", "Parquet", "Report", "ServingTestSupport", "ReportTestSupport",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ScenariosTests",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "ServingPolicies", "Impact",
        "TraceArchive", "Report", "Scenarios", "ServingTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ExploreTests",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "Impact", "Report", "Scenarios",
        "Explore", "ServingTestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "EndpointTests",
      dependencies: [
        "SimKernel", "TextAndBytes", "ServingModel", "ServingSim", "TraceArchive", "Endpoint",
        "Tracer", "ServingTestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ], swiftSettings: strict),
    .testTarget(
      name: "KavierOriginalTests",
      dependencies: [
        "KavierOriginal", "TextAndBytes", "TraceArchive", "Parquet", "ServingTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CapsuleTests",
      dependencies: [
        "KavierOriginal", "Capsule",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "KavierCoreTests", dependencies: ["KavierCore"], swiftSettings: strict),
    .testTarget(
      name: "kavierTests", dependencies: ["kavier", "ServingTestSupport", "TracerTestSupport"],
      swiftSettings: strict),
  ]
)
