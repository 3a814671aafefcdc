package io.sekimori.demo;

import io.sekimori.cli.AddedCommand;

/** Adds {@code sekimori demo}. */
public final class DemoAdded implements AddedCommand {

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public Class<?> commandClass() {
        return DemoCommand.class;
    }
}
