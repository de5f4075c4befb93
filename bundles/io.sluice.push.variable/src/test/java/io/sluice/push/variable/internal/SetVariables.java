package io.sluice.push.variable.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variable;
import io.sluice.api.variable.VariableChange;
import io.sluice.api.variable.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables whose values the test sets, and a plugin around them. */
final class SetVariables implements Variables, Plugin<Variables> {
    private static final Pattern NAME = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
    final Map<String, String> values = new TreeMap<>();
    final List<VariableChange> changes = new ArrayList<>();
    final List<Consumer<VariableChange>> listeners = new CopyOnWriteArrayList<>();
    int asked;

    void set(String name, String value, long atMillis) {
        String before = value == null ? values.remove(name) : values.put(name, value);
        VariableChange change = new VariableChange(name, before == null ? "" : before, value == null ? "" : value, atMillis);
        changes.add(change);
        listeners.forEach(l -> l.accept(change));
    }

    void set(String name, String value) {
        set(name, value, 0);
    }

    @Override
    public Expansion expand(String template, Map<String, String> context) {
        asked++;
        StringBuilder text = new StringBuilder();
        String problem = "";
        Matcher names = NAME.matcher(template);
        while (names.find()) {
            String name = names.group(1) == null ? names.group(2) : names.group(1);
            String value = context.getOrDefault(name, values.get(name));
            problem = value == null ? "no variable is named " + name : problem;
            names.appendReplacement(text, Matcher.quoteReplacement(value == null ? names.group() : value));
        }
        String expanded = names.appendTail(text).toString();
        return expanded.indexOf('$') >= 0 && problem.isEmpty() ? expand(expanded, context) : new Expansion(expanded, problem);
    }

    @Override
    public List<Variable> list() {
        return values.keySet().stream().map(this::get).toList();
    }

    @Override
    public Variable get(String name) {
        asked++;
        long changed = changes.stream().filter(c -> c.name().equals(name)).mapToLong(VariableChange::atMillis).max().orElse(0);
        return values.containsKey(name) ? new Variable(name, "static", values.get(name), true, changed, changed, 0, -1, "", 0) : null;
    }

    @Override
    public List<VariableChange> history(String name, long fromMillis, long toMillis) {
        return changes.stream().filter(c -> c.name().equals(name) && c.atMillis() >= fromMillis && c.atMillis() <= toMillis).toList();
    }

    @Override
    public AutoCloseable listen(String name, Consumer<VariableChange> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void refresh(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Punctuality punctuality() {
        return new Punctuality(0, 0, 0, 0);
    }

    @Override
    public void leave() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Variables service() {
        return this;
    }

    @Override
    public String name() {
        return Variables.NAME;
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    public String bundle() {
        return "test 1";
    }

    @Override
    public AutoCloseable use() {
        return () -> {
        };
    }
}
