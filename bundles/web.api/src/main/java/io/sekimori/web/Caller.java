package io.sekimori.web;

import java.util.Objects;
import java.util.Set;

/** Who made a request, proved before a resource sees it. */
public sealed interface Caller {

    /** The name in the audit: {@code person:alice}, {@code gateway:g-...} or {@code anonymous}. */
    String actor();

    /** Nobody known. */
    record Anonymous() implements Caller {

        @Override
        public String actor() {
            return "anonymous";
        }
    }

    /**
     * A gateway.
     *
     * @param id its id, from its certificate
     */
    record Gateway(String id) implements Caller {

        /** @throws NullPointerException if there is no id */
        public Gateway {
            Objects.requireNonNull(id, "id");
        }

        @Override
        public String actor() {
            return "gateway:" + id;
        }
    }

    /**
     * A person.
     *
     * @param name their name
     * @param session the id of their session
     * @param permissions what they may
     */
    record Person(String name, String session, Set<Permission> permissions) implements Caller {

        /** @throws NullPointerException if a part is null */
        public Person {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(session, "session");
            permissions = Set.copyOf(permissions);
        }

        @Override
        public String actor() {
            return "person:" + name;
        }
    }
}
