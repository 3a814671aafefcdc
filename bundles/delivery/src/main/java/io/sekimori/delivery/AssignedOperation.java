package io.sekimori.delivery;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code update.assigned}: when the console was asked last, what it had, and what that would change. Thread-safe. */
@Component(service = ControlOperation.class, property = ControlOperation.NAME + "=update.assigned")
public final class AssignedOperation implements ControlOperation {

    private final Delivery delivery;

    /** Called by Declarative Services. */
    @Activate
    public AssignedOperation(@Reference Delivery delivery) {
        this.delivery = delivery;
    }

    /** No members if it was not asked since this started. */
    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        return new ControlAnswer.Done(delivery.asked().map(this::told).orElse(Map.of()));
    }

    private Map<String, Object> told(Asked last) {
        Map<String, Object> told = new HashMap<>(
                Map.of("asked", last.when().toString(), "assignment", last.assignment(), "releases", last.releases()));
        delivery.foretold(last.assignment()).ifPresent(preview -> told.put("preview", preview));
        return told;
    }
}
