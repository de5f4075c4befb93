package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;

class StopTest {
    /** A process of its own, since a stop halts it. Its framework is one that waits for ever for a bundle that is being started. */
    public static void main(String[] arguments) {
        Framework stuck = (Framework) Proxy.newProxyInstance(StopTest.class.getClassLoader(), new Class<?>[] {Framework.class}, (proxy, method, values) -> {
            if (method.getName().equals("getState")) {
                return Bundle.STARTING;
            }
            new CountDownLatch(1).await();
            return null;
        });
        Server.stop(stuck, 100);
    }

    @Test
    void aStopThatNeverBeginsIsOverInTime() throws Exception {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"), StopTest.class.getName())
            .redirectErrorStream(true).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it hangs");
            assertEquals(Main.STUCK, process.exitValue());
            assertTrue(new String(process.getInputStream().readAllBytes()).contains("not stopped within"));
        } finally {
            process.destroyForcibly();
        }
    }
}
