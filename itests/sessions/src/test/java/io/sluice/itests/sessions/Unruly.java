package io.sluice.itests.sessions;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Identity;
import io.sluice.api.session.SessionStrategy;
import io.sluice.testkit.JarVariant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Session strategies that do what none should, in a bundle of their own: they run in the server under test. */
final class Unruly {
    static final String BUNDLE = "example.unruly";
    private static final int MEGABYTE = 1 << 20;

    private Unruly() {
    }

    /** The strategy "throws". */
    public static final class Throws implements SessionStrategy {
        @Override
        public Identity identify(ConnectionFacts facts, List<String> fields) {
            throw new IllegalStateException("planted\n" + "x".repeat(MEGABYTE));
        }
    }

    /** The strategy "late": it takes ten seconds, and cannot be hurried. */
    public static final class Late implements SessionStrategy {
        @Override
        public Identity identify(ConnectionFacts facts, List<String> fields) {
            long due = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
                Thread.interrupted();
            }
            return Identity.of(List.of("late"), "");
        }
    }

    /** The strategy "large". */
    public static final class Large implements SessionStrategy {
        @Override
        public Identity identify(ConnectionFacts facts, List<String> fields) {
            return Identity.of(List.of("x".repeat(MEGABYTE)), "");
        }
    }

    /** Writes the bundle, made of one that has a strategy. */
    static Path jar(Path ofStrategy, Path target) throws IOException {
        JarVariant jar = JarVariant.of(ofStrategy).header("Bundle-SymbolicName", BUNDLE).header("Service-Component", "OSGI-INF/throws.xml,OSGI-INF/late.xml,OSGI-INF/large.xml");
        add(jar, "throws", Throws.class);
        add(jar, "late", Late.class);
        add(jar, "large", Large.class);
        return jar.write(target);
    }

    private static void add(JarVariant jar, String name, Class<?> strategy) throws IOException {
        String path = strategy.getName().replace('.', '/') + ".class";
        try (InputStream code = Unruly.class.getClassLoader().getResourceAsStream(path)) {
            jar.entry(path, code.readAllBytes());
        }
        jar.entry("OSGI-INF/" + name + ".xml", """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="NAME">
              <property name="sluice.name" type="String" value="NAME"/>
              <service><provide interface="io.sluice.api.session.SessionStrategy"/></service>
              <implementation class="CLASS"/>
            </scr:component>
            """.replace("NAME", name).replace("CLASS", strategy.getName()));
    }
}
