-- Vehicles of a model and repairs of a component, by which production batches are compared.
CREATE INDEX units_made ON units (model, manufactured_on);
CREATE INDEX repairs_component ON repairs (component, unit);
