package io.sluice.target.exec.internal;

import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.format.container.ContainerFormat;
import io.sluice.format.process.CommandLine;
import java.util.List;
import java.util.Map;

/** Targets that name a command: {@code ts-exec:ffmpeg -i - -c copy 'out $stream.ts'}. */
final class CommandTarget implements PushTarget {
    private final ContainerFormat format;
    private final Commands commands;

    /** @param format that the scheme names */
    CommandTarget(ContainerFormat format, Commands commands) {
        this.format = format;
        this.commands = commands;
    }

    String scheme() {
        return format.extension() + "-exec";
    }

    @Override
    public String problem(PushAddress address) {
        try {
            templates(address);
            Command.timeout(address);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        List<String> words = templates(request.address()).stream().map(w -> request.expand(w, Map.of())).toList();
        return commands.run(request, new Command(words, format, Command.timeout(request.address())), scheme() + ":" + words.get(0) + (words.size() > 1 ? " …" : ""));
    }

    /** Taken apart before anything is expanded: a value stays within its word. */
    private List<String> templates(PushAddress address) {
        if (!commands.allowsAny()) {
            throw new IllegalArgumentException("commands in targets are not allowed here: the configuration " + ExecTargets.PID + " does that");
        }
        List<String> words = CommandLine.words(address.target().substring(scheme().length() + 1));
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new IllegalArgumentException("a command was wanted after '" + scheme() + ":'");
        }
        return words;
    }
}
