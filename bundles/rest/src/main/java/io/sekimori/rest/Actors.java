package io.sekimori.rest;

import io.sekimori.web.Request;

/** Who acts, for the audit: the person and the address. Stateless. */
final class Actors {

    private static final String PERSON = "person:";

    private Actors() {}

    /** Such as {@code person:alice 192.0.2.7}. */
    static String of(Request request) {
        return request.caller().actor() + " " + request.peer().address();
    }

    /** The name alone, to be shown. */
    static String name(String actor) {
        String who = actor.split(" ", 2)[0];
        return who.startsWith(PERSON) ? who.substring(PERSON.length()) : who;
    }
}
