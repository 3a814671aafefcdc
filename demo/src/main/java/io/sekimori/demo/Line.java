package io.sekimori.demo;

import java.io.IOException;

/**
 * One line of the demo: something that is tried with the real tools and measured.
 *
 * @param title what shall hold
 * @param trial tries it
 */
record Line(String title, Trial trial) {

    /** Tries something and answers the figure. */
    interface Trial {

        /** @throws Broken if it did not hold */
        String run() throws IOException, Broken;
    }
}
