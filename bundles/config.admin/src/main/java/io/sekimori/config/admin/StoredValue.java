package io.sekimori.config.admin;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * One value of a configuration in a form that can be compared and stored.
 *
 * @param type of its elements
 * @param shape one value, an array or a collection
 * @param texts its elements
 * @param secret whether it is a password; never shown
 */
record StoredValue(ValueType type, Shape shape, List<String> texts, boolean secret) {

    /** How elements make a value. Stable names: they stand in the history. */
    enum Shape {
        ONE,
        ARRAY,
        COLLECTION
    }

    StoredValue {
        texts = List.copyOf(texts);
        if (shape == Shape.ONE && texts.size() != 1) {
            throw new IllegalArgumentException("one value must have one element");
        }
        texts.forEach(type::parse);
    }

    /**
     * Takes a value of ConfigurationAdmin or of a caller.
     *
     * @throws IllegalArgumentException if it is not of the types that a configuration knows
     */
    static StoredValue of(Object value, boolean secret) {
        if (value instanceof Collection<?> collection) {
            return many(Shape.COLLECTION, new ArrayList<>(collection), ValueType.STRING, secret);
        }
        if (value.getClass().isArray()) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(Array.get(value, i));
            }
            Class<?> component = value.getClass().getComponentType();
            ValueType ofEmpty = component.isPrimitive() ? ValueType.STRING : ValueType.of(component);
            return many(Shape.ARRAY, elements, ofEmpty, secret);
        }
        return new StoredValue(ValueType.of(value), Shape.ONE, List.of(value.toString()), secret);
    }

    StoredValue asSecret() {
        return new StoredValue(type, shape, texts, true);
    }

    /** The value for ConfigurationAdmin: boxed, an array, or a list. */
    Object toObject() {
        if (shape == Shape.ONE) {
            return type.parse(texts.get(0));
        }
        Object[] elements = type.array(texts.size());
        for (int i = 0; i < elements.length; i++) {
            elements[i] = type.parse(texts.get(i));
        }
        return shape == Shape.ARRAY ? elements : new ArrayList<>(Arrays.asList(elements));
    }

    /** The value for people: boxed, or a list. */
    Object toShow() {
        Object value = toObject();
        return value instanceof Object[] array ? List.of(array) : value;
    }

    /** Whether both make the same configuration. */
    boolean sameAs(StoredValue other) {
        boolean sameType = type == other.type || texts.isEmpty();
        return sameType && shape == other.shape && texts.equals(other.texts);
    }

    /** Values stay out: any of them may be a password whose bundle is not here to say so. */
    @Override
    public String toString() {
        return secret ? "[secret]" : "[" + type + " " + shape + "]";
    }

    private static StoredValue many(Shape shape, List<?> elements, ValueType ofEmpty, boolean secret) {
        ValueType type = elements.isEmpty() ? ofEmpty : ValueType.of(elements.get(0));
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            if (ValueType.of(element) != type) {
                throw new IllegalArgumentException("elements of more than one type");
            }
            texts.add(element.toString());
        }
        return new StoredValue(type, shape, texts, secret);
    }
}
