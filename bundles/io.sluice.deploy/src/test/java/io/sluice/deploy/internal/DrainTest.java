package io.sluice.deploy.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins.State;
import io.sluice.api.source.StreamSource;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;

/** What happens to the version that was replaced. */
class DrainTest {
    private static final String COMPONENT = """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="ds.%1$s" deactivate="stop">
          <implementation class="t.Start$Source"/>
          <service><provide interface="io.sluice.api.source.StreamSource"/></service>
          <property name="sluice.name" value="x"/>
        </scr:component>
        """;
    @TempDir
    Path home;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Server(home);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static PluginJar component(String version) {
        return PluginJar.of("io.test.ds", version).header("Service-Component", "OSGI-INF/c.xml").file("OSGI-INF/c.xml", COMPONENT.formatted(version));
    }

    private void installScr() throws Exception {
        BundleContext context = server.framework.getBundleContext();
        for (String c : List.of("org.osgi.util.function.Function", "org.osgi.util.promise.Promise", "org.osgi.service.component.ComponentContext",
            "org.apache.felix.scr.info.ScrInfo")) {
            context.installBundle(Class.forName(c, false, getClass().getClassLoader()).getProtectionDomain().getCodeSource().getLocation().toString());
        }
        for (var b : context.getBundles()) {
            b.start();
        }
    }

    @Test
    void aComponentStaysActiveUntilItsLastUseIsClosed() throws Exception {
        installScr();
        server.deploy();
        server.drop(component("1.0.0"), "a.jar");
        server.serves("ds 1.0.0");
        Plugin<StreamSource> old = server.elected.get("x");
        StreamSource service = old.service();
        AutoCloseable use = old.use();
        server.drop(component("2.0.0"), "a.jar");
        server.serves("ds 2.0.0").info("1.0.0", State.DRAINING);
        assertEquals("ds 1.0.0", service.toString());
        use.close();
        Await.until("it is deactivated", service::toString, () -> service.toString().equals("ds 1.0.0 deactivated"));
        server.gone("1.0.0");
    }

    @Test
    void aStandbyComponentIsDeactivatedAndActivatedAgainWhenElected() throws Exception {
        installScr();
        server.system(component("1.0.0"));
        server.deploy().serves("ds 1.0.0");
        StreamSource service = server.elected.get("x").service();
        Path file = server.drop(component("2.0.0"), "a.jar");
        server.serves("ds 2.0.0");
        Await.until("it is deactivated", service::toString, () -> service.toString().equals("ds 1.0.0 deactivated"));
        java.nio.file.Files.delete(file);
        server.serves("ds 1.0.0");
    }

    @Test
    void whoUsesAComponentIsToldOfItsBundlesStopOnThatThreadWhileItIsStillActive() throws Exception {
        installScr();
        Bundle bundle = server.system(component("1.0.0"));
        server.deploy().serves("ds 1.0.0");
        bundle.stop();
        assertEquals(List.of("none -> ds 1.0.0", "ds 1.0.0 -> none"), server.told);
        bundle.start();
        server.serves("ds 1.0.0");
        bundle.update();
        assertEquals("ds 1.0.0 -> none", server.told.get(3));
        server.serves("ds 1.0.0");
        server.framework.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle));
        Await.until("it was told of the refresh", () -> server.told, () -> server.told.size() >= 6);
        server.serves("ds 1.0.0");
        assertEquals(List.of("ds 1.0.0 -> none", "none -> ds 1.0.0"), server.told.subList(5, 7));
    }

    @Test
    void afterFiveSwapsNoOldClassLoaderIsLeft() throws Exception {
        installScr();
        server.deploy();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            server.drop(component(i + ".0.0"), "a.jar");
            server.serves("ds " + i + ".0.0");
            loaders.add(new WeakReference<>(server.elected.get("x").service().getClass().getClassLoader()));
        }
        server.gone("5.0.0");
        Await.until("five class loaders are collected", () -> loaders.stream().filter(l -> l.get() != null).count(), () -> {
            System.gc();
            return loaders.stream().filter(l -> l.get() != null).count() == 1;
        });
    }

    @Test
    void aPluginKeptByMistakeDoesNotKeepTheClasses() throws Exception {
        server.deploy();
        server.drop(PluginJar.of("io.test.plug", "1.0.0").offers("x"), "a.jar");
        server.serves("x 1.0.0");
        Plugin<StreamSource> kept = server.elected.get("x");
        WeakReference<ClassLoader> loader = new WeakReference<>(kept.service().getClass().getClassLoader());
        server.drop(PluginJar.of("io.test.plug", "2.0.0").offers("x"), "a.jar");
        server.serves("x 2.0.0").gone("1.0.0");
        Await.until("the class loader is collected", loader::get, () -> {
            System.gc();
            return loader.get() == null;
        });
        assertEquals("io.test.plug 1.0.0", kept.bundle());
    }
}
