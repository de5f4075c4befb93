package io.sluice.api.process;

import io.sluice.api.media.Track;
import java.util.concurrent.Executor;

/**
 * @param stream  its name, for the log
 * @param input   what comes
 * @param output  what was promised by {@link StreamProcess#output}
 * @param sink    where it goes
 * @param workers for what blocks beside {@link ProcessRun#write}, such as reading what a program says
 */
public record ProcessRequest(String stream, Track input, Track output, ProcessSink sink, Executor workers) {
}
