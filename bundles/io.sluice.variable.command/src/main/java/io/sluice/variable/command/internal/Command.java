package io.sluice.variable.command.internal;

import io.sluice.api.variable.VariableRequest;
import io.sluice.format.process.CommandLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a variable's parameters ask to run.
 *
 * @param words       program and arguments, expanded
 * @param environment that carries the variable's name, and for a shell the values it asks for
 */
record Command(List<String> words, Map<String, String> environment) {
    private static final String TARGET = "target";
    private static final String ARGUMENT = "argument.";

    /** @throws IllegalArgumentException with what is wrong, naming the parameter */
    static Command of(VariableRequest request) {
        String target = request.templates().getOrDefault(TARGET, "");
        if (target.isBlank()) {
            throw new IllegalArgumentException("'target' is empty; the command to run was wanted, such as /usr/local/bin/on-air --room 'Studio 1'");
        }
        Map<String, String> environment = new HashMap<>(Map.of("SLUICE_VARIABLE", request.name(), "MIST_CUSTOM_VARIABLE", request.name()));
        if (shell(request)) {
            environment.putAll(ShellValues.of(target, request.expander()));
            return new Command(List.of("/bin/sh", "-c", target), environment);
        }
        return new Command(templates(request, target).stream().map(word -> expand(request, word)).toList(), environment);
    }

    private static boolean shell(VariableRequest request) {
        String shell = request.parameters().getOrDefault("shell", "false").strip();
        if (!shell.equals("true") && !shell.equals("false")) {
            throw new IllegalArgumentException("'shell': true or false was wanted, '" + shell + "' was found");
        }
        return shell.equals("true");
    }

    private static List<String> templates(VariableRequest request, String target) {
        Map<String, String> parameters = request.templates();
        if (!parameters.containsKey(ARGUMENT + 1)) {
            try {
                return CommandLine.words(target);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'target': " + e.getMessage(), e);
            }
        }
        List<String> words = new ArrayList<>(List.of(target));
        for (int i = 1; parameters.containsKey(ARGUMENT + i); i++) {
            words.add(parameters.get(ARGUMENT + i));
        }
        return words;
    }

    private static String expand(VariableRequest request, String word) {
        try {
            return word.indexOf('$') < 0 ? word : request.expand(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'target': " + e.getMessage(), e);
        }
    }
}
