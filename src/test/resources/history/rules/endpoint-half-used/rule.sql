SELECT resource_id, 0.5 AS remaining, 'high' AS confidence, 'Two instances run.' AS reason FROM subject WHERE replicas = 2
