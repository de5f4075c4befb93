package io.sluice.itests.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server's process holds.
 *
 * @param heapBytes     live objects, after a full collection
 * @param residentBytes of the kernel's count: heap, direct buffers, native memory
 */
record ServerMemory(long heapBytes, long residentBytes) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    static ServerMemory of(long pid) throws IOException {
        jcmd(pid, "GC.run");
        long heap = 0;
        for (String line : jcmd(pid, "GC.heap_info").lines().filter(l -> !l.contains("Metaspace") && !l.contains("class space")).toList()) {
            Matcher used = USED.matcher(line);
            heap += used.find() ? Long.parseLong(used.group(1)) * 1024 : 0;
        }
        return new ServerMemory(heap, resident(pid));
    }

    static long resident(long pid) throws IOException {
        Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        return resident.find() ? Long.parseLong(resident.group(1)) * 1024 : 0;
    }

    /** Processor time that the process has used, of all its threads, in milliseconds. */
    static long cpuMillis(long pid) {
        return ProcessHandle.of(pid).flatMap(p -> p.info().totalCpuDuration()).orElseThrow().toMillis();
    }

    private static String jcmd(long pid, String command) throws IOException {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("sluice.jdk"), "bin/jcmd").toString(), Long.toString(pid), command).redirectErrorStream(true).start();
        String text = new String(jcmd.getInputStream().readAllBytes());
        try {
            if (jcmd.waitFor() != 0) {
                throw new IOException("jcmd " + command + ": " + text);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return text;
    }

    boolean growthIsBelow(int heapMebibytes, int residentMebibytes, ServerMemory before) {
        return heapBytes - before.heapBytes >> 20 <= heapMebibytes && residentBytes - before.residentBytes >> 20 <= residentMebibytes;
    }

    /** @throws AssertionError where either grew by more than that many MiB */
    static void requireGrowthBelow(int heapMebibytes, int residentMebibytes, ServerMemory before, ServerMemory after) {
        long heap = after.heapBytes - before.heapBytes >> 20;
        long resident = after.residentBytes - before.residentBytes >> 20;
        if (!after.growthIsBelow(heapMebibytes, residentMebibytes, before)) {
            throw new AssertionError("the heap grew by " + heap + " MiB and the resident memory by " + resident + ", wanted at most " + heapMebibytes + " and "
                + residentMebibytes + ": " + before + " then " + after);
        }
    }
}
