package io.sluice.admin.shell.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Opens the shell's socket at data/shell.sock under the home, while there is Gogo. */
@Component(service = {}, immediate = true)
public final class ShellComponent {
    private final ShellSocket socket;

    @Activate
    public ShellComponent(BundleContext context, @Reference CommandProcessor gogo) throws IOException {
        String home = context.getProperty("sluice.home");
        socket = new ShellSocket(Path.of(home == null ? "." : home).toAbsolutePath().resolve("data").resolve("shell.sock"), gogo);
    }

    @Deactivate
    void stop() throws IOException {
        socket.close();
    }
}
