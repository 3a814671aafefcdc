package io.sekimori.demo.traffic;

import io.sekimori.ports.Ports;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks twice what listens; there is always the control socket. */
record PortsConversation(Supplier<@Nullable Ports> ports) implements Conversation {

    @Override
    public String name() {
        return "ports";
    }

    @Override
    public boolean expected() {
        return true;
    }

    @Override
    public void talk(Hold hold, Duration length) throws LostCall, InterruptedException {
        Ports current = ports.get();
        if (current == null) {
            throw new LostCall("no Ports", null);
        }
        try {
            check(current);
            hold.on(length);
            check(current);
        } catch (RuntimeException e) {
            throw new LostCall("Ports", e);
        }
    }

    private static void check(Ports asked) throws LostCall {
        if (asked.look().listeners().isEmpty()) {
            throw new LostCall("nothing listens", null);
        }
    }
}
