package io.sekimori.demo.traffic;

import io.sekimori.identity.Identity;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks twice whose the unit is, which its factory said. */
record IdentityConversation(Supplier<@Nullable Identity> identity) implements Conversation {

    @Override
    public String name() {
        return "identity";
    }

    @Override
    public boolean expected() {
        return true;
    }

    @Override
    public void talk(Hold hold, Duration length) throws LostCall, InterruptedException {
        Identity current = identity.get();
        if (current == null) {
            throw new LostCall("no Identity", null);
        }
        try {
            check(current);
            hold.on(length);
            check(current);
        } catch (RuntimeException e) {
            throw new LostCall("Identity", e);
        }
    }

    private static void check(Identity asked) throws LostCall {
        if (asked.serial().isEmpty()) {
            throw new LostCall("there is no serial number", null);
        }
    }
}
