package io.sekimori.config.admin;

import java.util.List;
import java.util.Optional;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * What one bundle says about one PID.
 *
 * @param pid the PID, or the factory PID
 * @param factory whether it is one
 * @param bundle symbolic name of the bundle that says so
 * @param definition what it says
 * @param bounds what it says beside that of the least and the most
 */
record Schema(String pid, boolean factory, String bundle, ObjectClassDefinition definition, Bounds bounds) {

    List<AttributeDefinition> attributes() {
        return attributes(ObjectClassDefinition.ALL);
    }

    List<AttributeDefinition> required() {
        return attributes(ObjectClassDefinition.REQUIRED);
    }

    Optional<AttributeDefinition> attribute(String id) {
        return attributes().stream().filter(each -> id.equals(each.getID())).findFirst();
    }

    boolean isPassword(String id) {
        return attribute(id)
                .filter(each -> each.getType() == AttributeDefinition.PASSWORD)
                .isPresent();
    }

    private List<AttributeDefinition> attributes(int filter) {
        AttributeDefinition[] attributes = definition.getAttributeDefinitions(filter);
        return attributes == null ? List.of() : List.of(attributes);
    }
}
