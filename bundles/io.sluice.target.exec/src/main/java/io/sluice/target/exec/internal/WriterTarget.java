package io.sluice.target.exec.internal;

import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.format.container.ContainerFormat;
import io.sluice.format.outbound.UrlTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Addresses of one scheme that a writer takes: {@code s3://bucket/$stream.ts}. The writer may be another from push to push. */
final class WriterTarget implements PushTarget {
    private final Commands commands;
    private volatile Writer writer;

    WriterTarget(Writer writer, Commands commands) {
        this.writer = writer;
        this.commands = commands;
    }

    void use(Writer now) {
        writer = now;
    }

    @Override
    public String problem(PushAddress address) {
        try {
            format(address.target());
            Command.timeout(address);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        PushAddress address = request.address();
        List<String> words = new ArrayList<>();
        writer.templates().forEach(w -> words.add(request.expand(w, Map.of())));
        words.add(UrlTemplate.expand(address.target(), part -> request.expand(part, Map.of())).toString());
        return commands.run(request, new Command(words, format(address.target()), Command.timeout(address)), words.get(words.size() - 1));
    }

    private static ContainerFormat format(String target) {
        String path = target.replaceFirst("[?#].*", "").replaceFirst("^[^:]*:(//[^/]*)?", "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ContainerFormat.of(name.indexOf('.') < 0 ? "" : extension).orElseThrow(() -> new IllegalArgumentException("the address must end in one of "
            + ContainerFormat.all().stream().map(f -> "." + f.extension()).collect(Collectors.joining(", ")) + ", which says what the writer gets; '" + name + "' was found"));
    }
}
