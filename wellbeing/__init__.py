"""Project package: settings, addresses, workers and the ground floor (`wellbeing.lib`) every app stands on."""
