SELECT resource_id, 0 AS remaining FROM subject
