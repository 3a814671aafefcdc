package io.sekimori.config.admin;

import io.sekimori.config.Attribute;
import io.sekimori.config.Attribute.Type;
import io.sekimori.config.Description;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.AttributeDefinition;

/** Turns what a bundle says into values of the api. Stateless. */
final class Describing {

    private Describing() {}

    static Description describe(Schema schema) {
        List<AttributeDefinition> required = schema.required();
        List<Attribute> attributes = schema.attributes().stream()
                .map(each -> attribute(
                        each,
                        required.stream().anyMatch(other -> sameId(each, other)),
                        schema.bounds().of(schema.definition().getID(), each.getID())))
                .toList();
        return new Description(
                schema.pid(),
                schema.factory(),
                schema.bundle(),
                orElse(schema.definition().getName(), schema.pid()),
                orElse(schema.definition().getDescription(), ""),
                attributes);
    }

    static Type type(AttributeDefinition attribute) {
        return switch (attribute.getType()) {
            case AttributeDefinition.LONG -> Type.LONG;
            case AttributeDefinition.INTEGER -> Type.INTEGER;
            case AttributeDefinition.SHORT -> Type.SHORT;
            case AttributeDefinition.BYTE -> Type.BYTE;
            case AttributeDefinition.CHARACTER -> Type.CHARACTER;
            case AttributeDefinition.DOUBLE -> Type.DOUBLE;
            case AttributeDefinition.FLOAT -> Type.FLOAT;
            case AttributeDefinition.BOOLEAN -> Type.BOOLEAN;
            case AttributeDefinition.PASSWORD -> Type.PASSWORD;
            default -> Type.STRING;
        };
    }

    static int most(AttributeDefinition attribute) {
        int cardinality = attribute.getCardinality();
        if (cardinality == 0) {
            return 1;
        }
        return cardinality == Integer.MIN_VALUE ? Integer.MAX_VALUE : Math.abs(cardinality);
    }

    private static Attribute attribute(AttributeDefinition attribute, boolean required, Bounds.Bound bound) {
        Type type = type(attribute);
        return new Attribute(
                attribute.getID(),
                type,
                most(attribute),
                required,
                type == Type.PASSWORD ? List.of() : list(attribute.getDefaultValue()),
                list(attribute.getOptionValues()),
                Ranges.of(attribute.getID(), type, bound),
                orElse(attribute.getName(), attribute.getID()),
                orElse(attribute.getDescription(), ""));
    }

    private static boolean sameId(AttributeDefinition one, AttributeDefinition other) {
        return one.getID().equals(other.getID());
    }

    private static List<String> list(String @Nullable [] values) {
        return values == null ? List.of() : List.of(values);
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }
}
