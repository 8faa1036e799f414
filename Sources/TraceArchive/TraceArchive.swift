// TraceArchive
