package io.sekimori.access.people;

import java.security.SecureRandom;

/** Makes one-time passwords: 99 random bits that can be read out and typed. Stateless. */
final class OneTime {

    /** Without those that look like another. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 4;
    private static final int IN_GROUP = 5;

    private OneTime() {}

    /** Four groups of five with hyphens between; the caller wipes it. */
    static char[] next(SecureRandom random) {
        char[] password = new char[GROUPS * (IN_GROUP + 1) - 1];
        for (int i = 0; i < password.length; i++) {
            boolean between = i % (IN_GROUP + 1) == IN_GROUP;
            password[i] = between ? '-' : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return password;
    }
}
