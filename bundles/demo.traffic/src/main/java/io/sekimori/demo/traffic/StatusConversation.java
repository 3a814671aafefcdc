package io.sekimori.demo.traffic;

import io.sekimori.status.StatusService;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks twice how the unit is; there are always bundles to be told of. */
record StatusConversation(Supplier<@Nullable StatusService> status) implements Conversation {

    @Override
    public String name() {
        return "status";
    }

    @Override
    public boolean expected() {
        return true;
    }

    @Override
    public void talk(Hold hold, Duration length) throws LostCall, InterruptedException {
        StatusService current = status.get();
        if (current == null) {
            throw new LostCall("no StatusService", null);
        }
        try {
            check(current);
            hold.on(length);
            check(current);
        } catch (RuntimeException e) {
            throw new LostCall("StatusService", e);
        }
    }

    private static void check(StatusService asked) throws LostCall {
        if (asked.now().bundles().isEmpty()) {
            throw new LostCall("the status has no bundles", null);
        }
    }
}
