SELECT resource_id, 0.5 AS remaining FROM subject
