package io.sekimori.config.admin;

import io.sekimori.config.Attribute.Type;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.service.metatype.AttributeDefinition;

/** Checks values against what a bundle says, and gives them the type it wants. Stateless. */
final class Checking {

    private Checking() {}

    /** A rule that a change broke; never leaves this bundle. */
    static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        private final ConfigCode code;
        private final String attribute;

        /** @param detail safe to show: no value of a password */
        Broken(ConfigCode code, String attribute, String detail) {
            super(detail, null, false, false);
            this.code = code;
            this.attribute = attribute;
        }

        ConfigCode code() {
            return code;
        }

        String attribute() {
            return attribute;
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    /** The value that {@code given} makes for {@code attribute}. */
    static StoredValue value(AttributeDefinition attribute, Object given) throws Broken {
        String id = attribute.getID();
        Type type = Describing.type(attribute);
        boolean password = type == Type.PASSWORD;
        boolean many = attribute.getCardinality() != 0;
        if (!many && given instanceof Collection<?>) {
            throw new Broken(ConfigCode.TOO_MANY_VALUES, id, "one value is allowed");
        }
        Collection<?> elements = given instanceof Collection<?> collection ? collection : List.of(given);
        if (elements.size() > Describing.most(attribute)) {
            throw new Broken(ConfigCode.TOO_MANY_VALUES, id, Describing.most(attribute) + " values are allowed");
        }
        ValueType stored = password ? ValueType.STRING : ValueType.valueOf(type.name());
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            texts.add(element(attribute, stored, password, element));
        }
        StoredValue.Shape shape = StoredValue.Shape.ONE;
        if (many) {
            shape = attribute.getCardinality() > 0 ? StoredValue.Shape.ARRAY : StoredValue.Shape.COLLECTION;
        }
        return new StoredValue(stored, shape, texts, password);
    }

    /** Refuses values that leave a required attribute without one. */
    static void complete(Schema schema, Map<String, StoredValue> values) throws Broken {
        for (AttributeDefinition attribute : schema.required()) {
            String[] defaults = attribute.getDefaultValue();
            boolean hasDefault = defaults != null && defaults.length > 0;
            StoredValue value = values.get(attribute.getID());
            if (value == null ? !hasDefault : value.texts().isEmpty()) {
                throw new Broken(ConfigCode.VALUE_MISSING, attribute.getID(), "a value is required");
            }
        }
    }

    private static String element(AttributeDefinition attribute, ValueType type, boolean password, Object element)
            throws Broken {
        String id = attribute.getID();
        if (password) {
            if (!(element instanceof Secret secret)) {
                throw new Broken(ConfigCode.SECRET_EXPECTED, id, "a password was given as plain text");
            }
            return revealed(id, secret);
        }
        if (element instanceof Secret) {
            throw new Broken(ConfigCode.SECRET_NOT_EXPECTED, id, "the attribute is not a password");
        }
        String text = text(id, type, element);
        String[] options = attribute.getOptionValues();
        if (options != null && options.length > 0 && !List.of(options).contains(text)) {
            throw new Broken(ConfigCode.VALUE_NOT_AN_OPTION, id, "options are " + List.of(options));
        }
        String refusal = attribute.validate(attribute.getCardinality() == 0 ? text : escaped(text));
        if (refusal != null && !refusal.isEmpty()) {
            throw new Broken(ConfigCode.VALUE_OUT_OF_RANGE, id, refusal);
        }
        return text;
    }

    private static String revealed(String id, Secret secret) throws Broken {
        try {
            return secret.reveal(String::new); // ConfigurationAdmin takes passwords as Strings only
        } catch (IllegalStateException e) {
            throw new Broken(ConfigCode.SECRET_EXPECTED, id, "the secret was destroyed");
        }
    }

    private static String text(String id, ValueType type, Object element) throws Broken {
        try {
            ValueType.of(element);
            return type.parse(element.toString()).toString();
        } catch (IllegalArgumentException e) {
            // Without the cause: it quotes the value, which may be a password in the wrong place.
            throw new Broken(ConfigCode.VALUE_OF_WRONG_TYPE, id, "expected " + type);
        }
    }

    // The check of several values takes them as one text, separated by commas.
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(",", "\\,").replace(" ", "\\ ");
    }
}
