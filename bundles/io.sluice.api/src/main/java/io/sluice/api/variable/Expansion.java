package io.sluice.api.variable;

/**
 * @param text    with everything replaced that has a value
 * @param problem what could not be expanded (an unknown name, a cycle with all its names, too deep), or ""
 */
public record Expansion(String text, String problem) {
}
