package io.sluice.config.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What follows the colon in {@code "port:Integer"}: OSGi Compendium 8, section 150.3.
 *
 * @param scalar of each element
 * @param shape  one or many, and how many are held
 */
record ValueType(Scalar scalar, Shape shape) {
    /** How many, and in what. */
    enum Shape { ONE, ARRAY, PRIMITIVES, COLLECTION }

    /** The types of single values. */
    enum Scalar {
        String(String.class, null), Integer(Integer.class, int.class), Long(Long.class, long.class), Double(Double.class, double.class),
        Float(Float.class, float.class), Short(Short.class, short.class), Byte(Byte.class, byte.class), Character(Character.class, char.class),
        Boolean(Boolean.class, boolean.class);

        final Class<?> type;
        final Class<?> primitive;

        Scalar(Class<?> type, Class<?> primitive) {
            this.type = type;
            this.primitive = primitive;
        }

        /** @throws IllegalArgumentException when the text is none of these (NumberFormatException included) */
        Object parse(String text) {
            return switch (this) {
                case String -> text;
                case Integer -> java.lang.Integer.valueOf(text);
                case Long -> java.lang.Long.valueOf(text);
                case Double -> java.lang.Double.valueOf(text);
                case Float -> java.lang.Float.valueOf(text);
                case Short -> java.lang.Short.valueOf(text);
                case Byte -> java.lang.Byte.valueOf(text);
                case Character -> character(text);
                case Boolean -> bool(text);
            };
        }

        private static Object character(String text) {
            if (text.length() != 1) {
                throw new IllegalArgumentException("not one character");
            }
            return text.charAt(0);
        }

        private static Object bool(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("neither true nor false");
            }
            return java.lang.Boolean.valueOf(text);
        }

        static Optional<Scalar> of(Class<?> type) {
            return Arrays.stream(values()).filter(scalar -> scalar.type == type || scalar.primitive == type).findFirst();
        }
    }

    /** @return empty when the text names no type; it then belongs to the key */
    static Optional<ValueType> parse(String text) {
        if (text.endsWith("[]")) {
            return scalar(text.substring(0, text.length() - 2)).map(scalar -> new ValueType(scalar,
                scalar.name().equals(text.substring(0, text.length() - 2)) ? Shape.ARRAY : Shape.PRIMITIVES));
        }
        if (text.startsWith("Collection<") && text.endsWith(">")) {
            return scalar(text.substring(11, text.length() - 1)).map(scalar -> new ValueType(scalar, Shape.COLLECTION));
        }
        return scalar(text).map(scalar -> new ValueType(scalar, Shape.ONE));
    }

    private static Optional<Scalar> scalar(String name) {
        return Arrays.stream(Scalar.values())
            .filter(scalar -> scalar.name().equals(name) || scalar.primitive != null && scalar.primitive.getName().equals(name)).findFirst();
    }

    /** The type of a value as Configuration Admin hands it over. An empty collection counts as one of strings. */
    static ValueType of(Object value) {
        if (!Values.isMany(value)) {
            return new ValueType(known(value.getClass()), Shape.ONE);
        }
        if (value.getClass().isArray()) {
            Class<?> element = value.getClass().getComponentType();
            return new ValueType(known(element), element.isPrimitive() ? Shape.PRIMITIVES : Shape.ARRAY);
        }
        List<Object> elements = Values.elements(value);
        return new ValueType(elements.isEmpty() ? Scalar.String : known(elements.get(0).getClass()), Shape.COLLECTION);
    }

    private static Scalar known(Class<?> type) {
        return Scalar.of(type).orElseThrow(() -> new IllegalArgumentException("no configuration value can be of " + type));
    }

    /** What JSON shows by itself needs no name in the file. */
    boolean plain() {
        return shape != Shape.COLLECTION && shape != Shape.PRIMITIVES
            && (scalar == Scalar.String || scalar == Scalar.Long || scalar == Scalar.Double || scalar == Scalar.Boolean);
    }

    String text() {
        return switch (shape) {
            case ONE -> scalar.name();
            case ARRAY -> scalar.name() + "[]";
            case PRIMITIVES -> scalar.primitive.getName() + "[]";
            case COLLECTION -> "Collection<" + scalar.name() + ">";
        };
    }

    /** An array or list of this type. */
    Object many(List<Object> elements) {
        if (shape == Shape.COLLECTION) {
            return new ArrayList<>(elements);
        }
        Object array = Array.newInstance(shape == Shape.PRIMITIVES ? scalar.primitive : scalar.type, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }
}
