package io.sekimori.config.admin;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.metatype.AD;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Bundles {@code example} with one PID of each kind of attribute, and {@code factory}. Checks as Felix does. */
final class FakeSchemas implements Schemas {

    static final String PID = "example.pid";
    static final String FACTORY = "example.factory";

    private final List<FakeAttribute> attributes = new ArrayList<>(List.of(
            new FakeAttribute("count", AttributeDefinition.INTEGER, 0, false, "5").range("1", "10"),
            new FakeAttribute("mode", AttributeDefinition.STRING, 0, false, "a").options("a", "b"),
            new FakeAttribute("names", AttributeDefinition.STRING, 3, false),
            new FakeAttribute("ports", AttributeDefinition.LONG, -2, false).range("1", "100"),
            new FakeAttribute("on", AttributeDefinition.BOOLEAN, 0, false, "true"),
            new FakeAttribute("letter", AttributeDefinition.CHARACTER, 0, false),
            new FakeAttribute("ratio", AttributeDefinition.DOUBLE, 0, false),
            new FakeAttribute("password", AttributeDefinition.PASSWORD, 0, false)));

    void require(String id) {
        attributes.add(new FakeAttribute(id, AttributeDefinition.STRING, 0, true));
    }

    @Override
    public List<Schema> all(Locale locale) {
        return List.of(schema(FACTORY, true), schema(PID, false));
    }

    @Override
    public Optional<Schema> of(String pid) {
        boolean factory = Pid.isOfFactory(pid);
        return all(Locale.ROOT).stream()
                .filter(schema -> schema.pid().equals(Pid.described(pid)) && schema.factory() == factory)
                .findFirst();
    }

    @Override
    public Set<String> pidsOf(String bundle) {
        return bundle.equals("example") ? Set.of(PID, FACTORY) : Set.of();
    }

    private Schema schema(String pid, boolean factory) {
        return new Schema(pid, factory, "example", new Definition(List.copyOf(attributes)), Bounds.NONE);
    }

    private record Definition(List<FakeAttribute> attributes) implements ObjectClassDefinition {

        @Override
        public String getName() {
            return "Example";
        }

        @Override
        public String getID() {
            return "example";
        }

        @Override
        public String getDescription() {
            return null;
        }

        @Override
        public AttributeDefinition[] getAttributeDefinitions(int filter) {
            return attributes.stream()
                    .filter(each -> filter == ALL || each.required() == (filter == REQUIRED))
                    .toArray(AttributeDefinition[]::new);
        }

        @Override
        public InputStream getIcon(int size) {
            return null;
        }
    }

    private record FakeAttribute(AD definition, String id) implements AttributeDefinition {

        FakeAttribute(String id, int type, int cardinality, boolean required, String... defaults) {
            this(
                    new AD() {
                        {
                            setID(id);
                            setType(nameOf(type));
                            setCardinality(cardinality);
                            setRequired(required);
                            setDefaultValue(defaults, Math.abs(cardinality));
                        }
                    },
                    id);
        }

        private static String nameOf(int type) {
            return switch (type) {
                case AttributeDefinition.INTEGER -> "Integer";
                case AttributeDefinition.LONG -> "Long";
                case AttributeDefinition.BOOLEAN -> "Boolean";
                case AttributeDefinition.CHARACTER -> "Character";
                case AttributeDefinition.DOUBLE -> "Double";
                case AttributeDefinition.PASSWORD -> "Password";
                default -> "String";
            };
        }

        FakeAttribute range(String least, String most) {
            definition.setMin(least);
            definition.setMax(most);
            return this;
        }

        FakeAttribute options(String... options) {
            Map<String, String> labels = new LinkedHashMap<>();
            Arrays.stream(options).forEach(option -> labels.put(option, option));
            definition.setOptions(labels);
            return this;
        }

        boolean required() {
            return definition.isRequired();
        }

        @Override
        public String getName() {
            return null;
        }

        @Override
        public String getID() {
            return id;
        }

        @Override
        public String getDescription() {
            return null;
        }

        @Override
        public int getCardinality() {
            return definition.getCardinality();
        }

        @Override
        public int getType() {
            return definition.getType();
        }

        @Override
        public String[] getOptionValues() {
            return definition.getOptionValues();
        }

        @Override
        public String[] getOptionLabels() {
            return definition.getOptionLabels();
        }

        @Override
        public String validate(String value) {
            return definition.validate(value);
        }

        @Override
        public String[] getDefaultValue() {
            return definition.getDefaultValue();
        }
    }
}
