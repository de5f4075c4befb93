package io.sluice.deploy.internal;

import io.sluice.api.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.LoggerFactory;

/** Wires the deployer. A change of its configuration waits for the next start: taking the service away would park every connection. */
@Component(service = Plugins.class, immediate = true, configurationPid = "io.sluice.deploy")
@Designate(ocd = DeployComponent.Config.class)
public final class DeployComponent implements Plugins {
    @ObjectClassDefinition(name = "Sluice: deployment", description = "How jars in deploy/ are taken up. Changes count from the next start on.")
    @interface Config {
        @AttributeDefinition(name = "Poll interval", description = "Time between two looks at deploy/ where the file system gives no events, in milliseconds.", min = "100")
        long pollMillis() default 500;

        @AttributeDefinition(name = "Prepare time", description = "Time that a new version has to start and to offer what the version before offered, in seconds.", min = "1")
        long prepareSeconds() default 10;

        @AttributeDefinition(name = "Drain time", description = "Time after which a replaced version that is still used is complained of, in seconds.", min = "0")
        long drainSeconds() default 60;

        @AttributeDefinition(name = "Boot wait", description = "Longest wait for the framework's start before the first election, in seconds.", min = "0")
        long bootSeconds() default 3;
    }

    private final ElectedPlugins plugins;

    @Activate
    public DeployComponent(BundleContext context, Config config) throws IOException {
        String home = context.getProperty("sluice.home");
        Settings settings = new Settings(config.pollMillis(), config.prepareSeconds() * 1000, config.drainSeconds() * 1000, config.bootSeconds() * 1000);
        plugins = new ElectedPlugins(context, Path.of(home == null ? "." : home).toAbsolutePath(), settings, Reserved.ENGINES);
    }

    @Modified
    void modified(Config config) {
        LoggerFactory.getLogger(DeployComponent.class).info("the configuration of io.sluice.deploy counts from the next start on");
    }

    @Deactivate
    void stop() throws IOException {
        plugins.close();
    }

    @Override
    public <T> AutoCloseable listen(Class<T> type, Listener<T> listener) {
        return plugins.listen(type, listener);
    }

    @Override
    public List<Info> list() {
        return plugins.list();
    }

    @Override
    public void elect(String sha256) {
        plugins.elect(sha256);
    }
}
