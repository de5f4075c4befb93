package io.sluice.format.process;

/**
 * How a process ended by itself, or by having said more than enough.
 *
 * @param exitCode  128 and the signal's number when one ended it
 * @param output    what it wrote on standard output, at most the call's maxBytes; UTF-8, what is none of it replaced
 * @param cut       whether it wrote more and was killed for it; the exit code then says nothing
 * @param errorLine the first line that it wrote on standard error, at most 200 characters, or ""
 */
public record ProcessResult(int exitCode, String output, boolean cut, String errorLine) {
}
